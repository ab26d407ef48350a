namespace Swp.Chaos.Faults;

/// <summary>Something that goes wrong, or is done to the cluster by its operator.</summary>
internal interface IFault
{
    /// <summary>Its name on the command line and in the report.</summary>
    string Name { get; }

    /// <summary>About how long one occurrence takes until everything runs again.</summary>
    TimeSpan Takes(FaultLengths lengths);

    /// <summary>Does it, and undoes it: returns when everything it broke runs again.</summary>
    Task RunAsync(FaultRun run);
}
