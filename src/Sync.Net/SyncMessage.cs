using Sync.Net.Payloads;
using Sync.Net.Texts;

namespace Sync.Net;

/// <summary>One message that a member has sent under an id.</summary>
/// <remarks>Immutable. The payload is read when it is asked for.</remarks>
public sealed class SyncMessage
{
    private readonly ReadOnlyMemory<byte>? _payload;
    private readonly string? _contract;
    private readonly MessageReader _reader;
    private IReadOnlyDictionary<string, string>? _data;

    internal SyncMessage(
        string id, string sender, string? senderRole, long number, DateTimeOffset sentAt, ReadOnlyMemory<byte>? payload, string? contract, MessageReader reader)
    {
        Id = id;
        Sender = sender;
        SenderRole = senderRole;
        Number = number;
        SentAt = sentAt;
        _payload = payload;
        _contract = contract;
        _reader = reader;
    }

    /// <summary>The id under which it was sent.</summary>
    public string Id { get; }

    /// <summary>The id of the member that sent it.</summary>
    public string Sender { get; }

    /// <summary>The sender's role when it sent it; null if it had none.</summary>
    public string? SenderRole { get; }

    /// <summary>Its place among all messages under the id, from 1; the same for all receivers.</summary>
    public long Number { get; }

    /// <summary>When it reached the server, in the time of this member's clock.</summary>
    /// <remarks>Right to about the time that the answer took; use <see cref="Number"/> for the order.</remarks>
    public DateTimeOffset SentAt { get; }

    /// <summary>Whether it carries anything.</summary>
    public bool HasData => _payload is not null;

    /// <summary>What it says, where it was sent as a map of strings; empty if it carries nothing.</summary>
    /// <exception cref="SyncException">It carries a value of another type, or bytes that can't be read; the text names the sender.</exception>
    public IReadOnlyDictionary<string, string> Data =>
        _data ??= _payload is { } payload ? _reader.Map(this, payload, _contract) : new Dictionary<string, string>();

    /// <summary>The value of one key of <see cref="Data"/>.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no such key; the text names the keys that there are.</exception>
    /// <exception cref="SyncException">It carries a value of another type, or bytes that can't be read.</exception>
    public string this[string key] => Data.TryGetValue(key, out string? value) ? value : throw new KeyNotFoundException(
        $"Message '{Id}' of {Sender} has no key '{OneLine.Of(key ?? "null", 80)}': it has {(Data.Count == 0 ? "none" : NameList.Of([.. Data.Keys]))}.");

    /// <summary>The value that it carries.</summary>
    /// <typeparam name="T">Its type, as it was sent by a <c>…ValueAsync</c> method; a map of strings is <c>IReadOnlyDictionary&lt;string, string&gt;</c>.</typeparam>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">It carries nothing.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> needs code made at run time, which this program does not allow.</exception>
    /// <exception cref="SyncException">It carries a value of another type, or bytes that can't be read; the text names the sender.</exception>
    public T Read<T>()
        where T : notnull => _payload is { } payload
        ? _reader.Value<T>(this, payload, _contract)
        : throw new InvalidOperationException($"Message '{Id}' of {Sender} carries nothing: look at HasData first.");

    /// <summary>The message in one line, without what it says.</summary>
    /// <returns>For example <c>server-ready of server (role server), message 1</c>.</returns>
    public override string ToString() => $"{Id} of {Sender}{(SenderRole is null ? "" : $" (role {SenderRole})")}, message {Number}";
}
