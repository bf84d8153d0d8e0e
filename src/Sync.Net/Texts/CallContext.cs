using Sync.Net.Wire;

namespace Sync.Net.Texts;

/// <summary>What a caller knows of its call when it ends.</summary>
/// <param name="Self">The caller's id.</param>
/// <param name="Session">Kind and name; null for what concerns no session.</param>
/// <param name="Generation">0 if none was entered.</param>
/// <param name="Waited">Since the call, by the caller's clock.</param>
/// <param name="Endpoint">The server's address, if one was chosen.</param>
/// <param name="Master">Who hosts the server, if a member does.</param>
internal readonly record struct CallContext(
    string Self,
    SessionKey? Session = null,
    long Generation = 0,
    TimeSpan Waited = default,
    string? Endpoint = null,
    string? Master = null);
