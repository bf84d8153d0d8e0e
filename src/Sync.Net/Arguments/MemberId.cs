using System.Net;
using System.Net.Sockets;
using Sync.Net.Texts;
using Sync.Net.Transport;

namespace Sync.Net.Arguments;

/// <summary>A member's id: <c>host</c> or <c>host#tag</c>. The text before the first <c>#</c> is the address.</summary>
internal readonly record struct MemberId
{
    private readonly string _text;

    private MemberId(string text) => _text = text;

    /// <summary>The whole id: what members are told apart by.</summary>
    public string Text => _text ?? "";

    /// <summary>The part that the others dial, and that members on one host have in common.</summary>
    public string Address => Text.IndexOf('#') is >= 0 and int hash ? Text[..hash] : Text;

    /// <exception cref="ArgumentException">The id is not usable; the text names it and says why.</exception>
    public static MemberId Parse(string? id, string parameter, int maxNameBytes)
    {
        ArgumentNullException.ThrowIfNull(id, parameter);
        return FaultOf(id, maxNameBytes) is { } fault ? throw new ArgumentException(fault, parameter) : new MemberId(id);
    }

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? FaultOf(string id, int maxNameBytes)
    {
        if (id.StartsWith('#')) return $"The member id '{OneLine.Of(id, 40)}' has no address before the '#': write host#tag.";
        return NameArgument.FaultOf(id, "member id", maxNameBytes);
    }

    /// <summary>Where this member is reached; its address may carry a port of its own.</summary>
    public SyncEndpoint EndpointWith(int defaultPort)
    {
        // An IPv6 literal without brackets is an address without a port, whatever its last group looks like.
        bool bareV6 = IPAddress.TryParse(Address, out IPAddress? literal) && literal.AddressFamily == AddressFamily.InterNetworkV6;
        return !bareV6 && SyncEndpoint.TryParse(Address, out SyncEndpoint? own, out _) ? own : SyncEndpoint.Tcp(Address, defaultPort);
    }

    public override string ToString() => Text;
}
