using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Contenders;

/// <summary>Somebody who is measured.</summary>
internal interface IContender
{
    /// <summary>As in the tables, and on the command line.</summary>
    string Name { get; }

    /// <summary>What sets this row of the contender apart from its others.</summary>
    string? Variant => null;

    /// <summary>Both.</summary>
    string Label => RowLabel.Of(Name, Variant);

    /// <summary>Why it cannot be measured on this machine; <see langword="null"/> when it can.</summary>
    string? WhyAbsent { get; }

    /// <summary>Starts it, and waits until it serves.</summary>
    /// <param name="topology">What has been started, also when the rest was not: whoever calls ends it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task StartAsync(Topology topology, CancellationToken cancellationToken);
}
