import os; print(os.environ["DATASET_SALES"], open(os.environ["DATASET_SALES"]).read())
