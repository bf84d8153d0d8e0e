namespace Sync.Net.Payloads;

/// <summary>A value could not be written or read. The message continues "what X gave …".</summary>
internal sealed class PayloadException(string reason, string? hint = null, Exception? innerException = null)
    : Exception(reason, innerException)
{
    public string? Hint { get; } = hint;
}
