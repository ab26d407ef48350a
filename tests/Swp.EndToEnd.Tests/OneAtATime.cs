// Each collection has processes of its own: side by side they would compete for the machine, and what takes seconds is measured here.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
