namespace Sync.Net.Payloads;

/// <summary>A value holds something that must not travel.</summary>
internal sealed class RefusedTypeException(string message) : Exception(message);
