using Sync.Net.Texts;

namespace Sync.Net;

/// <summary>One member's arrival at a meeting.</summary>
public sealed class Arrival
{
    internal Arrival(string member, int order, TimeSpan waited)
    {
        Member = member;
        Order = order;
        Waited = waited;
    }

    /// <summary>The member's id.</summary>
    public string Member { get; }

    /// <summary>Its place in the order of arrival, from 1.</summary>
    public int Order { get; }

    /// <summary>How long it waited, by the server's clock; zero for the last one.</summary>
    public TimeSpan Waited { get; }

    /// <summary>The arrival in one line.</summary>
    /// <returns>For example <c>client1 waited 1.2 s</c>.</returns>
    public override string ToString() => $"{Member} waited {Elapsed.Of(Waited)}";
}
