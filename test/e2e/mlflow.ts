/** What an MLflow server has of an experiment, asked as a program outside of the stack would. */

export interface Run {
  readonly info: { readonly run_id: string; readonly run_name: string; readonly status: string }
  readonly data: { readonly metrics?: readonly { readonly key: string; readonly value: number }[]; readonly params?: readonly { readonly key: string; readonly value: string }[] }
}

export async function listRuns(url: string, experiment: string): Promise<readonly Run[]> {
  const found = await fetch(`${url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=${experiment}`)
  const { experiment: { experiment_id: id } } = (await found.json()) as { readonly experiment: { readonly experiment_id: string } }
  const answer = await fetch(`${url}/api/2.0/mlflow/runs/search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ experiment_ids: [id] }) })
  return ((await answer.json()) as { readonly runs?: readonly Run[] }).runs ?? []
}

export function fetchArtifact(url: string, { info }: Run, path: string): Promise<Response> {
  return fetch(`${url}/get-artifact?path=${path}&run_id=${info.run_id}`)
}
