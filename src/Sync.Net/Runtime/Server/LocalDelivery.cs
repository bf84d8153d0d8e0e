using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal enum LocalDeliveryKind
{
    Seated,
    Answer,
    Refused,
    Closing,
}

/// <summary>One call of a member's sink, to be made outside the group's lock.</summary>
internal readonly record struct LocalDelivery(
    LocalDeliveryKind Kind,
    long Request = 0,
    long Generation = 0,
    Outcome? Outcome = null,
    RefuseReason Reason = default,
    string Text = "");
