using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Sync.Net.Texts;

namespace Sync.Net;

/// <summary>What the members gave at one round of an exchange, by member.</summary>
/// <typeparam name="T">What was exchanged.</typeparam>
/// <remarks>Only who gave data has a key; the others stand in <see cref="WithoutData"/>. Immutable.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "A result that can be looked up; the name says what it is.")]
public sealed class SyncResult<T> : IReadOnlyDictionary<string, T>
    where T : notnull
{
    private readonly IReadOnlyDictionary<string, T> _values;

    internal SyncResult(RendezvousResult meeting, IReadOnlyDictionary<string, T> values, IReadOnlyList<string> withoutData)
    {
        Meeting = meeting;
        _values = values;
        WithoutData = withoutData;
    }

    /// <summary>Who met, in which order, and how long it took.</summary>
    public RendezvousResult Meeting { get; }

    /// <summary>Who took part without giving anything, in ordinal order.</summary>
    public IReadOnlyList<string> WithoutData { get; }

    /// <summary>The value of the one member that gave one: one publisher, many readers.</summary>
    /// <exception cref="InvalidOperationException">Nobody, or more than one member, gave data; the text says who.</exception>
    public T OnlyValue => _values.Count == 1
        ? _values.Values.First()
        : throw new InvalidOperationException(MeetingText.NotOne(Meeting, [.. _values.Keys.Order(StringComparer.Ordinal)]));

    /// <summary>How many members gave data.</summary>
    public int Count => _values.Count;

    /// <summary>The ids of those who gave data.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>What was given.</summary>
    public IEnumerable<T> Values => _values.Values;

    /// <summary>What a member gave.</summary>
    /// <param name="key">The member's id.</param>
    /// <exception cref="KeyNotFoundException">The member gave nothing, or is not one of this exchange; the text says which.</exception>
    public T this[string key] => _values.TryGetValue(key, out T? value)
        ? value
        : throw new KeyNotFoundException(MeetingText.NoValue(Meeting, key, tookPart: WithoutData.Contains(key)));

    /// <summary>Whether a member gave data.</summary>
    /// <param name="key">The member's id.</param>
    /// <returns>True if it did.</returns>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <summary>Gets what a member gave.</summary>
    /// <param name="key">The member's id.</param>
    /// <param name="value">What it gave.</param>
    /// <returns>True if it gave something.</returns>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _values.TryGetValue(key, out value);

    /// <summary>Enumerates who gave what.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _values.GetEnumerator();

    /// <summary>The round in one line, without what was given.</summary>
    /// <returns>For example <c>Data 'setup' (generation 1): 3 met after 1.2 s; 1 gave data: server.</c></returns>
    public override string ToString() => MeetingText.Of(Meeting, [.. _values.Keys.Order(StringComparer.Ordinal)]);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
