namespace Swp.Testing.Storage;

/// <summary>A store of the kind the system runs on, real, on a port of its own. Keeps its data when it is stopped and started again.</summary>
public interface ITestStore : IAsyncDisposable
{
    /// <summary>In the format of StackExchange.Redis; the same after a restart.</summary>
    string ConnectionString { get; }

    /// <summary>Connections are refused from now on.</summary>
    Task StopAsync();

    /// <summary>Answers again on the same port, with the data it had.</summary>
    Task RestartAsync();
}
