using Sync.Net.Texts;

namespace Sync.Net;

/// <summary>One open wait.</summary>
public sealed class WaitStatus
{
    internal WaitStatus(string kind, string session, string member, TimeSpan waited, IReadOnlyList<string> missing, string? hint)
    {
        Kind = kind;
        Session = session;
        Member = member;
        Waited = waited;
        Missing = missing;
        Hint = hint;
    }

    /// <summary>What is waited in: <c>barrier</c>, <c>data</c>, <c>counted barrier</c>, <c>message</c>, <c>state</c> or <c>group</c>.</summary>
    public string Kind { get; }

    /// <summary>The session's name.</summary>
    public string Session { get; }

    /// <summary>Who waits.</summary>
    public string Member { get; }

    /// <summary>For how long.</summary>
    public TimeSpan Waited { get; }

    /// <summary>Whom it lacks: ids, free seats, or a few words such as <c>2 more to wait</c>. At most 64.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>A likely cause, such as a similar name that somebody else uses; null if there is none to tell.</summary>
    public string? Hint { get; }

    /// <summary>The wait in one line.</summary>
    /// <returns>For example <c>client1 waits in barrier 'disk' for server, for 12 s</c>.</returns>
    public override string ToString() => $"{Member} waits in {Kind} '{Session}' for {NameList.Of(Missing)}, for {Elapsed.Short(Waited)}";
}
