namespace Swp.Chaos.Clients;

internal enum ScriptAct
{
    /// <summary>Answer at once.</summary>
    Answer,

    /// <summary>Answer after a while.</summary>
    Delay,

    /// <summary>Do not answer.</summary>
    Never,

    /// <summary>Answer twice.</summary>
    Twice,
}
