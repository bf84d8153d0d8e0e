namespace Sync.Net.Runner;

/// <summary>What a member waits for before it is started (L9).</summary>
public sealed record StartCondition
{
    private StartCondition(string? message, string? role, string? member, TimeSpan delay) => (Message, Role, Member, Delay) = (message, role, member, delay);

    /// <summary>The id of a message that must have been sent; null if none is waited for.</summary>
    public string? Message { get; }

    /// <summary>The role of which all members must have sent it, or have joined; null for any sender.</summary>
    public string? Role { get; }

    /// <summary>The member that must have sent it, or have joined; null for any sender.</summary>
    public string? Member { get; }

    /// <summary>How long to wait after that. Zero or more.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>A message was sent.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="role">All members of that role must have sent it; null: anybody.</param>
    /// <returns>The condition.</returns>
    public static StartCondition AfterMessage(string id, string? role = null) => new(id, role, null, default);

    /// <summary>All members of a role have joined.</summary>
    /// <param name="role">The role.</param>
    /// <returns>The condition.</returns>
    public static StartCondition AfterRole(string role) => new(null, role, null, default);

    /// <summary>A member has joined.</summary>
    /// <param name="member">The member.</param>
    /// <returns>The condition.</returns>
    public static StartCondition AfterMember(string member) => new(null, null, member, default);

    /// <summary>Some time has passed.</summary>
    /// <param name="delay">How much; zero or more.</param>
    /// <returns>The condition.</returns>
    public static StartCondition AfterDelay(TimeSpan delay) => new(null, null, null, delay);
}
