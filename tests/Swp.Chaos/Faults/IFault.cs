namespace Swp.Chaos.Faults;

/// <summary>Something that goes wrong, or is done to the cluster by its operator.</summary>
internal interface IFault
{
    /// <summary>Its name on the command line and in the report.</summary>
    string Name { get; }

    /// <summary>About how long one occurrence takes until everything runs again.</summary>
    TimeSpan Takes(FaultLengths lengths);

    /// <summary>Whether it needs a network that can be cut.</summary>
    bool CutsNetwork => false;

    /// <summary>How many owners, and as many gateways, join in one occurrence.</summary>
    int Joins => 0;

    /// <summary>Does it, and undoes it: returns when everything it broke runs again.</summary>
    Task RunAsync(FaultRun run);
}
