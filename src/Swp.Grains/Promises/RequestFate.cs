namespace Swp.Grains.Promises;

/// <summary>What became of a request that an earlier owner had.</summary>
internal enum RequestFate : byte
{
    /// <summary>Nobody knows: it may have been executed.</summary>
    Unknown = 0,

    /// <summary>The client has it and has not answered yet, or its answer is on the way here.</summary>
    AtClient = 1,

    /// <summary>The client has answered, and the answer was lost with an owner. A message: the client was given it.</summary>
    Done = 2,

    /// <summary>It never left for the client.</summary>
    NeverSent = 3,
}
