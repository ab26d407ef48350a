using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Swp.Clients;
using Swp.Gateway.Protocol;
using Swp.Protocol;

namespace Swp.Gateway.Tests.Protocol;

/// <summary>Whatever arrives, nobody throws; whatever is accepted can be written back with its data untouched.</summary>
public sealed class FrameFuzzTests
{
    private const int Inputs = 200_000;

    private static readonly byte[][] Seeds =
    [
        .. FrameVectors.All.Values.Select(vector => Encoding.UTF8.GetBytes(vector.Json)),
        .. FrameVectors.Malformed.Values.Select(malformed => malformed.Bytes).Where(bytes => bytes.Length < 10_000),
        .. OpenDataTests.Ids.Select(row => Encoding.UTF8.GetBytes($$"""{"sessionType":"0001","data":{{row.Data.Item1}}}""")),
        .. OpenDataTests.Refused.Select(row => Encoding.UTF8.GetBytes($$"""{"sessionType":"0001","data":{{row.Data}}}""")),
    ];

    // What a JSON reader looks at, so that mutations get further than its first byte.
    private static readonly byte[][] Tokens =
        [.. new[] { "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud800", "\\udc00", "null", "true", "0", "-", "e", ".", " ", "\0", "\u00ff", "\u00ed\u00a0\u0080", "\"sessionType\":\"0003\",", "\"data\":", "\"uuid\":", "\"clientId\":" }.Select(Encoding.Latin1.GetBytes)];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 64],
        Gen.String[Gen.OneOf('"', '\\', '/', '\0', '\n', '\u007f', '\u2028', '叫', 'é', '<', '+', '\''), 0, 64],
        Gen.Const("😀"));

    private static readonly Gen<string> Values = Gen.Recursive<string>((depth, inner) => depth >= 5
        ? Scalars
        : Gen.OneOf(
            Scalars,
            Gen.Select(inner.Array[0, 4], Blanks, (items, blank) => $"[{blank}{string.Join($"{blank},", items)}{blank}]"),
            Gen.Select(Gen.Select(Texts, inner).Array[0, 4], Blanks, (members, blank) =>
                $"{{{blank}{string.Join(",", members.Select(member => $"{JsonSerializer.Serialize(member.Item1)}{blank}:{member.Item2}"))}{blank}}}")));

    private static readonly Gen<OutboundFrame> Frames = Gen.Select(
        Gen.OneOf(SessionType.Heart, SessionType.Open, SessionType.Server, SessionType.Client),
        Texts.Null(),
        Gen.OneOf(Gen.Const("0"), Texts),
        Texts.Null(),
        Values.Null(),
        Gen.Select(Texts, Gen.Bool, Gen.Int[0, 100_000].Nullable(), (code, retryable, after) => new ErrorDetail(code, retryable, after)).Null(),
        (type, uuid, code, message, data, error) => new OutboundFrame
        {
            Type = type,
            Uuid = uuid,
            Code = code,
            Message = message,
            Data = data is null or "null" ? JsonPayload.None : JsonPayload.FromValidated(Encoding.UTF8.GetBytes(data)),
            Error = error,
        });

    private static Gen<string> Scalars => Gen.OneOf(
        Gen.OneOf("null", "true", "false", "0", "-0", "1e400", "1.0", "\"\\ud800\"", "\"\\u0041\"", "123456789012345678901234567890"),
        Gen.Long.Select(number => number.ToString()),
        Texts.Select(text => JsonSerializer.Serialize(text)));

    private static Gen<string> Blanks => Gen.OneOf("", "", " ", "\n", "\t \r\n");

    [Fact]
    public Task RandomBytes_NeverThrow() => OnItsOwnThreadAsync(() =>
    {
        var random = new Random(20260329);
        for (var i = 0; i < Inputs / 4; i++)
        {
            var bytes = new byte[random.Next(0, 80)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                // Mostly what JSON is made of.
                for (var k = 0; k < bytes.Length; k++)
                {
                    bytes[k] = "{}[]:,\"\\ u0123456789truefalsn.-esionTypdatcl"u8[bytes[k] % 44];
                }
            }

            Check(bytes);
        }
    });

    [Fact]
    public Task MutatedVectors_NeverThrow_AndMostKindsAreStillAccepted() => OnItsOwnThreadAsync(() =>
    {
        var random = new Random(8081);
        var accepted = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var bytes = Seeds[random.Next(Seeds.Length)];
            if (bytes.Length > 2_000)
            {
                // The large ones are as good, and slow: one in fifty.
                bytes = random.Next(50) == 0 ? bytes : Seeds[0];
            }

            for (var times = random.Next(1, 4); times > 0; times--)
            {
                bytes = Mutate(bytes, random);
            }

            accepted += Check(bytes) ? 1 : 0;
        }

        // A fuzzer whose every input is refused at once would show nothing.
        Assert.InRange(accepted, Inputs / 20, Inputs / 2);
    });

    [Fact]
    public void AnyFrame_WrittenAndRead_IsTheSame() => Frames.Sample(
        frame =>
        {
            var written = Write(frame);
            Assert.True(FrameReader.TryRead(written, out var read, out _));
            Assert.Equal((frame.Type, frame.Uuid, frame.Code, frame.Message), (read.Type, read.Uuid, read.Code, read.Message));
            Assert.True(frame.Data.Utf8.Span.SequenceEqual(read.Data.Utf8.Span));
            Assert.Equal(written, Write(ToOutbound(read) with { Error = frame.Error }));
        },
        iter: 20_000);

    // Seconds of computing: the pool's threads are for the tests that wait for one another.
    private static Task OnItsOwnThreadAsync(Action fuzz) => Task.Factory.StartNew(fuzz, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static bool Check(byte[] bytes)
    {
        try
        {
            if (!FrameReader.TryRead(bytes, out var frame, out var fault))
            {
                Assert.NotEqual(FrameFault.None, fault);
                return false;
            }

            Assert.Equal(FrameFault.None, fault);
            var isOpen = OpenData.TryRead(frame.Data, out var open);
            Assert.Equal(isOpen, ClientKey.IsValidId(open.ClientId));

            // What is accepted is JSON, and goes out as it came.
            var written = Write(ToOutbound(frame));
            using var document = JsonDocument.Parse(written);
            Assert.Equal(!frame.Data.IsNone, document.RootElement.TryGetProperty("data", out var data));
            if (!frame.Data.IsNone)
            {
                Assert.Equal(frame.Data.ToString(), data.GetRawText());
                Assert.True(bytes.AsSpan().IndexOf(frame.Data.Utf8.Span) >= 0);
            }

            Assert.True(FrameReader.TryRead(written, out var again, out _));
            Assert.Equal(written, Write(ToOutbound(again)));
            return true;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Input {Convert.ToHexString(bytes)} = {Encoding.UTF8.GetString(bytes)}", e);
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var length = random.Next(0, Math.Min(12, bytes.Length - at) + 1);
        return random.Next(6) switch
        {
            0 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            2 => [.. bytes[..at], .. Tokens[random.Next(Tokens.Length)], .. bytes[at..]],
            3 => [.. bytes[..at], .. bytes[(at + length)..]],
            4 => Splice(bytes, at, Seeds[random.Next(Seeds.Length)], random),
            _ => bytes[..at],
        };
    }

    private static byte[] Splice(byte[] bytes, int at, byte[] other, Random random)
    {
        var from = random.Next(other.Length + 1);
        return [.. bytes[..at], .. other[from..Math.Min(other.Length, from + random.Next(64))], .. bytes[at..]];
    }

    private static OutboundFrame ToOutbound(in InboundFrame frame) => new()
    {
        Type = frame.Type,
        UnknownType = frame.UnknownType,
        Uuid = frame.Uuid,
        Code = frame.Code,
        Message = frame.Message,
        Data = frame.Data,
    };

    private static byte[] Write(in OutboundFrame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(frame, FrameVectors.Time, output);
        return output.WrittenSpan.ToArray();
    }
}
