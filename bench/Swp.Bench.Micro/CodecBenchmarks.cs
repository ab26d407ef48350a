using BenchmarkDotNet.Attributes;
using Swp.Clients;
using Swp.Gateway.Connections;
using Swp.Gateway.Protocol;

namespace Swp.Bench.Micro;

/// <summary>A message of <c>swp.v1</c> with 100 bytes of payload, read and written.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private static readonly byte[] Query =
        """{"code":"0","sessionType":"0003","sessionTime":1700000000000,"uuid":"0123456789abcdef01234567","data":{"p":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}}"""u8.ToArray();

    private static readonly byte[] Heartbeat = """{"code":"0","sessionType":"0000","sessionTime":1700000000000}"""u8.ToArray();

    private readonly OutboundFrame _answer = new()
    {
        Type = SessionType.Client,
        Uuid = "0123456789abcdef01234567",
        Code = "0",
        Data = JsonPayload.Parse("""{"p":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}"""),
    };

    private readonly PooledBuffer _buffer = new();

    /// <summary>A query: uuid and payload are kept, so they are what is allocated.</summary>
    [Benchmark]
    public bool ReadQuery() => FrameReader.TryRead(Query, out _, out _);

    /// <summary>A HEART.</summary>
    [Benchmark]
    public bool ReadHeartbeat() => FrameReader.TryRead(Heartbeat, out _, out _);

    /// <summary>An answer, into a buffer that is used again.</summary>
    [Benchmark]
    public int WriteAnswer()
    {
        _buffer.Clear();
        FrameWriter.Write(_answer, 1_700_000_000_000, _buffer);
        return _buffer.Written.Length;
    }
}
