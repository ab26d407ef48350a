namespace Swp.Grains.Promises;

/// <content>A call that an earlier owner had: it may have been sent, until a connection tells.</content>
internal sealed partial class Promise
{
    /// <summary>Set while it waits for a connection that knows what an earlier owner made of it.</summary>
    public Doubt? Doubt
    {
        get
        {
            lock (_gate)
            {
                return _state == PromiseState.Waiting ? _doubt : null;
            }
        }
    }

    /// <summary>An earlier owner of the client had it: until a connection tells, it may have been sent.</summary>
    public void SetDoubt(Doubt doubt)
    {
        lock (_gate)
        {
            (_doubt, _everSent, _continued) = (doubt, true, true);
        }
    }

    /// <summary>In doubt no longer: it was certainly never sent.</summary>
    public void KnowNeverSent()
    {
        lock (_gate)
        {
            (_doubt, _everSent) = (null, false);
        }
    }

    /// <summary>In doubt no longer: this connection's client has the request, and its answer is awaited.</summary>
    public void KnowSent(SiloAddress gateway, long connectionId, long epoch)
    {
        lock (_gate)
        {
            if (_state != PromiseState.Waiting)
            {
                return;
            }

            _doubt = null;
            _arrived = true;
            _state = PromiseState.Sent;
            (_gateway, _connectionId, _epoch) = (gateway, connectionId, epoch);
        }
    }

    /// <summary>
    /// In doubt no longer: it may have been sent, and no connection will answer it. Sent again, or lost.
    /// </summary>
    /// <returns>Whether it is to be sent again.</returns>
    public bool KnowLost()
    {
        lock (_gate)
        {
            if (CanBeSentAgain || _state != PromiseState.Waiting)
            {
                _doubt = null;
                return _state == PromiseState.Waiting;
            }
        }

        Settle(static promise => promise.LossResult());
        return false;
    }
}
