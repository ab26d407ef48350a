namespace Swp.Bench.Contenders;

/// <summary>Somebody who is measured.</summary>
internal interface IContender
{
    /// <summary>As in the tables.</summary>
    string Name { get; }

    /// <summary>Why it cannot be measured on this machine; <see langword="null"/> when it can.</summary>
    string? WhyAbsent { get; }

    /// <summary>Starts it, and waits until it serves.</summary>
    Task<Topology> StartAsync(CancellationToken cancellationToken);
}
