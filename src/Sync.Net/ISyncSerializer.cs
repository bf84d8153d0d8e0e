using System.Buffers;

namespace Sync.Net;

/// <summary>Writes and reads the values of <see cref="SyncData{T}"/> in the place of MessagePack.</summary>
/// <remarks>
/// Used for every type, also for byte arrays and strings. All members of a session need the same one. An exception becomes a failure of
/// kind <see cref="SyncFailureKind.Payload"/>, as its inner exception: keep values out of its text. Implementations are called from
/// several threads at once.
/// </remarks>
public interface ISyncSerializer
{
    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">The type of the exchange.</typeparam>
    /// <param name="writer">Takes the bytes.</param>
    /// <param name="value">The value.</param>
    void Serialize<T>(IBufferWriter<byte> writer, T value)
        where T : notnull;

    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">The type of the exchange.</typeparam>
    /// <param name="data">The bytes that a member's <see cref="Serialize{T}"/> wrote; valid during the call only. Not to be trusted.</param>
    /// <returns>The value. A null is a failure.</returns>
    T Deserialize<T>(ReadOnlyMemory<byte> data)
        where T : notnull;

    /// <summary>The name of the contract under which values of a type travel.</summary>
    /// <param name="type">The type of the exchange.</param>
    /// <returns>A short name; values of another name are a mismatch for all. Empty: not checked, which is the default.</returns>
    string GetContract(Type type) => "";
}
