// The attacks measure what others notice: nothing else may take the machine from them meanwhile.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
