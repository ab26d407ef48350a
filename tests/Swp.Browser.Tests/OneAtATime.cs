// Each collection has processes of its own, and a browser that draws: side by side they would compete for the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Swp.Browser.Tests.Kit.Chromium))]
