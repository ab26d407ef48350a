namespace Swp.Testing.Memory;

/// <summary>What a piece of code allocates on its thread.</summary>
public static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// The bytes of the round that allocated least: the runtime may put something of its own on any thread, once; what the code allocates shows in every round.
    /// </summary>
    public static long Of(Action code) => Enumerable.Range(0, Rounds).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        code();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
