namespace Swp.Fuzz.Targets;

/// <summary>Something that takes bytes from strangers, and what must hold of it whatever they are.</summary>
internal interface IFuzzTarget
{
    /// <summary>Its name on the command line, and of its folders.</summary>
    string Name { get; }

    /// <summary>Takes one input.</summary>
    /// <exception cref="BrokenInvariantException">Something did not hold. So is every other exception.</exception>
    void Run(byte[] input);
}
