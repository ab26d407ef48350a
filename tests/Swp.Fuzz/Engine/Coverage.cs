using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Swp.Fuzz.Engine;

/// <summary>
/// Which branches an input takes, and how often, roughly. SharpFuzz has rewritten the code under test so that it counts into this map, in the way AFL does.
/// </summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    public Coverage() => Trace.SharedMem = _map;

    /// <summary>How many branches were ever taken.</summary>
    public int Branches { get; private set; }

    /// <summary>The next input begins.</summary>
    public void Begin()
    {
        new Span<byte>(_map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>The input has ended.</summary>
    /// <returns>Whether it took a branch, or took one a number of times, that none before it did.</returns>
    public bool End()
    {
        var isNew = false;
        var words = (ulong*)_map;
        for (var word = 0; word < Size / sizeof(ulong); word++)
        {
            if (words[word] != 0)
            {
                isNew |= Look(word * sizeof(ulong));
            }
        }

        return isNew;
    }

    /// <summary>Forgets what was seen.</summary>
    public void Forget()
    {
        Array.Clear(_seen);
        Branches = 0;
    }


    private bool Look(int first)
    {
        var isNew = false;
        for (var branch = first; branch < first + sizeof(ulong); branch++)
        {
            var bucket = BucketOf(_map[branch]);
            if ((bucket & ~_seen[branch]) != 0)
            {
                Branches += _seen[branch] == 0 ? 1 : 0;
                _seen[branch] |= bucket;
                isNew = true;
            }
        }

        return isNew;
    }

    // Once, twice, three times, a few, some, many: as AFL counts, so that a loop does not make every input a new one.
    private static byte BucketOf(byte times) => times switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
