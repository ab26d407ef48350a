namespace Swp.Fuzz.Targets;

/// <summary>What an input may cost in memory: so much a byte, and a little for being an input at all (an exception and its stack).</summary>
internal readonly struct AllocationBound
{
    private readonly long _before;
    private readonly long _limit;

    private AllocationBound(long limit)
    {
        _limit = limit;
        _before = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>Counts from now on, on this thread.</summary>
    public static AllocationBound Begin(int inputLength, int perByte, int flat) => new(flat + ((long)perByte * inputLength));

    /// <summary>Throws when more was allocated.</summary>
    public void End()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
        BrokenInvariantException.ThrowUnless(allocated <= _limit, $"{allocated} bytes were allocated, {_limit} are allowed.");
    }
}
