namespace Swp.Bench.Load.Scenarios;

/// <summary>One thing to measure.</summary>
internal interface IScenario
{
    /// <summary>Measures it.</summary>
    Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken);
}
