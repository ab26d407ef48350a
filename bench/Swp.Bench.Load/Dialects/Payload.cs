using System.Text;

namespace Swp.Bench.Load.Dialects;

/// <summary>What is carried both ways: a JSON object with one string, 100 bytes of JSON text unless asked otherwise.</summary>
internal sealed class Payload
{
    private const string Start = "{\"p\":\"";
    private const string End = "\"}";

    public Payload(int bytes)
    {
        Text = Start + new string('x', Math.Max(1, bytes - Start.Length - End.Length)) + End;
        Utf8 = Encoding.UTF8.GetBytes(Text);
    }

    public string Text { get; }

    public byte[] Utf8 { get; }
}
