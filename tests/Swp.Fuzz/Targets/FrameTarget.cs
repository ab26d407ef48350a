using System.Buffers;
using System.Text.Json;
using Swp.Gateway.Protocol;

namespace Swp.Fuzz.Targets;

/// <summary>
/// A client's message: it is a frame or has a fault, never both. What is accepted is written back with its data untouched, and read again is the same.
/// </summary>
internal sealed class FrameTarget : IFuzzTarget
{
    /// <summary>The data is copied, and text is two bytes a character, once of each member that is kept.</summary>
    private const int PerByte = 8;

    private const int Flat = 16 * 1024;
    private const long Clock = 1_700_000_000_000;

    private readonly ArrayBufferWriter<byte> _first = new();
    private readonly ArrayBufferWriter<byte> _second = new();

    public string Name => "frame";

    public void Run(byte[] input)
    {
        var bound = AllocationBound.Begin(input.Length, PerByte, Flat);
        var accepted = FrameReader.TryRead(input, out var frame, out var fault);
        bound.End();

        BrokenInvariantException.ThrowUnless(accepted == (fault == FrameFault.None), $"Accepted: {accepted}, fault: {fault}.");
        if (!accepted)
        {
            BrokenInvariantException.ThrowUnless(Enum.IsDefined(fault) && (int)fault.ToCloseCode() >= 1000, $"An unknown fault: {fault}.");
            return;
        }

        BrokenInvariantException.ThrowUnless(
            frame.Data.IsNone || input.AsSpan().IndexOf(frame.Data.Utf8.Span) >= 0,
            "The data is not the bytes that came.");
        Write(frame, _first);
        using (var document = JsonDocument.Parse(_first.WrittenMemory))
        {
            var hasData = document.RootElement.TryGetProperty("data", out var data);
            BrokenInvariantException.ThrowUnless(
                hasData == !frame.Data.IsNone && (!hasData || data.GetRawText() == frame.Data.ToString()),
                "The data was not written as it came.");
        }

        BrokenInvariantException.ThrowUnless(FrameReader.TryRead(_first.WrittenSpan, out var again, out _), "What was written cannot be read.");
        Write(again, _second);
        BrokenInvariantException.ThrowUnless(_first.WrittenSpan.SequenceEqual(_second.WrittenSpan), "Written and read it is another frame.");
    }

    private static void Write(in InboundFrame frame, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        FrameWriter.Write(
            new OutboundFrame
            {
                Type = frame.Type,
                UnknownType = frame.UnknownType,
                Uuid = frame.Uuid,
                Code = frame.Code,
                Message = frame.Message,
                Data = frame.Data,
            },
            Clock,
            output);
    }
}
