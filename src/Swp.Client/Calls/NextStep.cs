namespace Swp.Client.Calls;

/// <summary>What an attempt leaves to be done within the call's time.</summary>
internal enum NextStep : byte
{
    /// <summary>Nothing: the call has its outcome.</summary>
    None = 0,

    /// <summary>The request certainly did not leave for the client: it is made again.</summary>
    Ask = 1,

    /// <summary>Its owner is gone and it may have left: the client's next owner knows more.</summary>
    Continue = 2,
}
