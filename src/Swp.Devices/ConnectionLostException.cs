namespace Swp.Devices;

/// <summary>The connection ended before the answer came: the server may or may not have seen the question.</summary>
public sealed class ConnectionLostException() : Exception("The connection was lost before the answer came.");
