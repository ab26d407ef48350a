using System.Net;

namespace Swp.Gateway.Admission;

/// <summary>A socket's place at this gateway, from its handshake to its end.</summary>
internal sealed class AdmissionTicket(ConnectionAdmission admission, IPAddress? address) : IDisposable
{
    private const int Unopened = 0;
    private const int Open = 1;
    private const int Gone = 2;

    private int _state;

    /// <summary>Where it comes from, if that is known and counts.</summary>
    public IPAddress? Address { get; internal set; } = address;

    /// <summary>The client has said who it is: it makes room for another one that has not.</summary>
    public void MarkOpen()
    {
        if (Interlocked.CompareExchange(ref _state, Open, Unopened) == Unopened)
        {
            admission.OnOpen(this);
        }
    }

    public void Dispose()
    {
        var state = Interlocked.Exchange(ref _state, Gone);
        if (state != Gone)
        {
            admission.Leave(this, wasOpen: state == Open);
        }
    }
}
