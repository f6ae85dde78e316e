/** File systems that tell nobody of a change made on their other side: network shares, and folders that a virtual machine gets from its host. */

/** By the type that `statfs` gives, from Linux' magic.h and the file systems' own sources. */
const SILENT: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x01021997, '9p'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x786f4256, 'a folder shared by VirtualBox'],
])

/** What such a file system is called; undefined for one that tells of changes. */
export function nameSilentFileSystem(type: number): string | undefined {
  // Some systems give the type as a signed number.
  return SILENT.get(type >>> 0)
}
