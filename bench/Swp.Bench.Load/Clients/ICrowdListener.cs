namespace Swp.Bench.Load.Clients;

/// <summary>What a scenario wants to know of its clients. Called on the threads that read their sockets.</summary>
internal interface ICrowdListener
{
    /// <summary>The server asks a client, or tells it something. Whether it is to answer.</summary>
    bool OnAsked(LoadClient client) => true;

    /// <summary>A client's query is answered.</summary>
    void OnAnswered(LoadClient client)
    {
    }

    /// <summary>A client's connection has ended, and not by its own doing.</summary>
    void OnLost(LoadClient client)
    {
    }
}
