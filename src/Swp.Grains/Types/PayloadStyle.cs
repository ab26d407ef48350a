namespace Swp.Grains.Types;

/// <summary>How a payload that the server originates is written into a frame.</summary>
public enum PayloadStyle
{
    /// <summary>JSON text inside a JSON string: what clients of the older generation expect. A payload that is a string is sent as it is.</summary>
    String = 0,

    /// <summary>The JSON value itself.</summary>
    Json = 1,
}
