using System.Diagnostics;
using Swp.Fuzz.Targets;

namespace Swp.Fuzz.Engine;

/// <summary>
/// Changes known inputs, and keeps those that take a new branch to change them further. In the process of the code under test, so that an input takes
/// microseconds.
/// </summary>
internal sealed class Fuzzer(IFuzzTarget target, Coverage coverage, int seed)
{
    /// <summary>More kinds of failure than this are looked at when these are mended.</summary>
    private const int MaxFailures = 20;

    private const int LookAtClockEvery = 256;

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _corpus = [];
    private readonly Dictionary<string, Failure> _failures = [];
    private TimeSpan _slowest;
    private long _inputs;

    /// <summary>Runs until the time is over, or until so many inputs were tried, whichever comes later.</summary>
    public FuzzResult Run(IEnumerable<byte[]> seeds, TimeSpan time, long inputs)
    {
        var mutator = new Mutator(_random);
        var started = Stopwatch.GetTimestamp();
        coverage.Forget();
        foreach (var input in seeds.DefaultIfEmpty([]))
        {
            Try(input);
        }

        if (coverage.Branches == 0)
        {
            throw new InvalidOperationException("The code under test counts no branches: it is to be instrumented first, as tests/fuzz/run.sh does.");
        }

        long heap = 0;
        while (_failures.Count < MaxFailures && (_inputs < inputs || Stopwatch.GetElapsedTime(started) < time))
        {
            for (var i = 0; i < LookAtClockEvery; i++)
            {
                Try(mutator.Mutate(Pick(), Pick()));
            }

            if (heap == 0 && _inputs >= inputs / 10 && Stopwatch.GetElapsedTime(started) >= time / 10)
            {
                heap = Heap();
            }
        }

        return new FuzzResult
        {
            Target = target.Name,
            Inputs = _inputs,
            Took = Stopwatch.GetElapsedTime(started),
            Branches = coverage.Branches,
            HeapGrowth = heap == 0 ? 0 : Heap() - heap,
            Slowest = _slowest,
            Corpus = Smallest(),
            Failures = [.. _failures.Values],
        };
    }

    // The newest are where something was found last.
    private byte[] Pick()
    {
        var recent = _random.Next(3) == 0 ? Math.Min(_corpus.Count, 16) : _corpus.Count;
        return _corpus[_corpus.Count - 1 - _random.Next(recent)];
    }

    private void Try(byte[] input)
    {
        _inputs++;
        coverage.Begin();
        var began = Stopwatch.GetTimestamp();
        if (Run(input) is { } exception)
        {
            var kind = Failure.KindOf(exception);
            if (!_failures.ContainsKey(kind))
            {
                _failures[kind] = new Failure(Shorten(input, kind), kind, exception);
            }
        }

        var took = Stopwatch.GetElapsedTime(began);
        _slowest = took > _slowest ? took : _slowest;
        if (coverage.End())
        {
            _corpus.Add(input);
        }
    }

    private Exception? Run(byte[] input)
    {
        try
        {
            target.Run(input);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    // Leaves out ever smaller pieces for as long as the same goes wrong.
    private byte[] Shorten(byte[] input, string kind)
    {
        for (var piece = input.Length / 2; piece > 0; piece /= 2)
        {
            for (var at = 0; at + piece <= input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + piece)..]];
                if (Run(shorter) is { } exception && Failure.KindOf(exception) == kind)
                {
                    input = shorter;
                }
                else
                {
                    at += piece;
                }
            }
        }

        return input;
    }

    // Short ones first: a longer one stays only for a branch that no shorter one takes.
    private List<byte[]> Smallest()
    {
        coverage.Forget();
        var kept = new List<byte[]>();
        foreach (var input in _corpus.OrderBy(input => input.Length))
        {
            coverage.Begin();
            Run(input);
            if (coverage.End())
            {
                kept.Add(input);
            }
        }

        return kept;
    }

    private static long Heap() => GC.GetTotalMemory(forceFullCollection: true);
}
