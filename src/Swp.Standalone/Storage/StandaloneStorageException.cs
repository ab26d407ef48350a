namespace Swp.Standalone.Storage;

/// <summary>The embedded storage cannot be used as configured; the message is one line for an operator.</summary>
internal sealed class StandaloneStorageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="property">The setting to look at, for example <c>DataDirectory</c>.</param>
    /// <param name="value">The value of that setting.</param>
    /// <param name="cause">What is wrong, in one line.</param>
    /// <param name="inner">The original failure, if there is one.</param>
    public StandaloneStorageException(string property, object value, string cause, Exception? inner = null)
        : base($"{property} '{value}': {cause}", inner)
    {
        Property = property;
    }

    /// <summary>The name of the setting which is at fault.</summary>
    public string Property { get; }
}
