using System.Text;

namespace Swp.Bench.Control;

/// <summary>What is carried both ways: a JSON object with one string.</summary>
public static class CallPayload
{
    private const string Start = "{\"p\":\"";
    private const string End = "\"}";

    /// <summary>JSON text of a length, in bytes.</summary>
    public static byte[] Create(int bytes) =>
        Encoding.UTF8.GetBytes(Start + new string('x', Math.Max(1, bytes - Start.Length - End.Length)) + End);
}
