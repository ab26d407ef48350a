namespace Swp.Fuzz.Targets;

/// <summary>What must hold of every input does not hold of this one.</summary>
internal sealed class BrokenInvariantException(string message) : Exception(message)
{
    /// <summary>Throws unless <paramref name="condition"/> holds.</summary>
    public static void ThrowUnless(bool condition, string message)
    {
        if (!condition)
        {
            throw new BrokenInvariantException(message);
        }
    }
}
