using System.Text;
using Swp.Bench.Control;

namespace Swp.Bench.Load.Dialects;

/// <summary>What the clients carry: the same as the callers.</summary>
internal sealed class Payload(int bytes)
{
    public byte[] Utf8 { get; } = CallPayload.Create(bytes);

    public string Text => Encoding.UTF8.GetString(Utf8);
}
