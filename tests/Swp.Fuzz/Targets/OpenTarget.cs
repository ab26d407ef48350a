using System.Text.Json;
using Swp.Clients;
using Swp.Gateway.Protocol;

namespace Swp.Fuzz.Targets;

/// <summary>The data of an OPEN: with a valid id, or refused. The id is a key that reads back as itself, and its answer is JSON.</summary>
internal sealed class OpenTarget : IFuzzTarget
{
    private const int PerByte = 12;
    private const int Flat = 16 * 1024;

    public string Name => "open";

    public void Run(byte[] input)
    {
        var bound = AllocationBound.Begin(input.Length, PerByte, Flat);
        var accepted = OpenData.TryRead(JsonPayload.FromValidated(input), out var open);
        bound.End();

        if (!accepted)
        {
            BrokenInvariantException.ThrowUnless(open == default, "Refused, and yet something was read.");
            return;
        }

        var key = new ClientKey("caller", open.ClientId);
        BrokenInvariantException.ThrowUnless(ClientKey.Parse(key.ToString()) == key, "The key does not read back as itself.");
        BrokenInvariantException.ThrowUnless(!open.ClientId.Any(char.IsControl), "The id has control characters.");
        foreach (var rawJson in (ReadOnlySpan<bool>)[false, true])
        {
            var answer = OpenAnswer.Data(open.ClientId, rawJson);
            using var document = JsonDocument.Parse(rawJson ? answer.ToString() : JsonDocument.Parse(answer.Utf8).RootElement.GetString()!);
            BrokenInvariantException.ThrowUnless(document.RootElement.GetProperty("clientId").GetString() == open.ClientId, "The answer names another client.");
        }
    }
}
