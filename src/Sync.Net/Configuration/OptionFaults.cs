using System.Globalization;
using System.Text;
using Sync.Net.Arguments;
using Sync.Net.Transport;

namespace Sync.Net.Configuration;

/// <summary>Collects what is wrong with some options, so that all of it is told at once.</summary>
internal sealed class OptionFaults(string owner)
{
    public const int MinKeyBytes = 16;

    private readonly List<string> _faults = [];

    public void Add(string property, string text) => _faults.Add($"{property}: {text}");

    public void Name(string property, string? value, string what, int maxNameBytes)
    {
        if (value is null) Add(property, "is null.");
        else if (NameArgument.FaultOf(value, what, maxNameBytes) is { } fault) Add(property, fault);
    }

    public void Member(string property, string? id, int maxNameBytes)
    {
        if (id is not null && MemberId.FaultOf(id, maxNameBytes) is { } fault) Add(property, fault);
    }

    public void Endpoint(string property, string? text)
    {
        if (text is null) Add(property, "is null.");
        else if (!SyncEndpoint.TryParse(text, out _, out string? fault)) Add(property, fault);
    }

    // The key itself is never shown.
    public void Key(string property, string? key)
    {
        if (key is null) return;
        int bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes < MinKeyBytes)
            Add(property, $"has {bytes} bytes: use at least {MinKeyBytes}, such as the output of 'openssl rand -hex 32'.");
    }

    public void Range(string property, long value, long min, long max)
    {
        if (value < min || value > max)
            Add(property, string.Create(CultureInfo.InvariantCulture, $"is {value}: use {min:N0} to {max:N0}."));
    }

    /// <summary>Who belongs to the group.</summary>
    public void Group(SyncOptions options, int maxNameBytes)
    {
        if (options.Roster is not null && options.Roles is not null)
            Add("Roles", "is set together with Roster: declare the members by name or by role, not both.");
        if (options.Roster is { Count: 0 }) Add("Roster", "is empty: list the members, or leave it null for an open group.");
        if (options.Roles is { Count: 0 }) Add("Roles", "is empty: list the roles, or leave it null for an open group.");
        foreach ((string member, string? role) in options.Roster ?? new Dictionary<string, string?>())
        {
            Member("Roster", member, maxNameBytes);
            if (role is not null) Name($"Roster['{member}']", role, "role", maxNameBytes);
        }
        foreach ((string role, int count) in options.Roles ?? new Dictionary<string, int>())
        {
            Name("Roles", role, "role", maxNameBytes);
            Range($"Roles['{role}']", count, 1, options.Limits?.MaxMembers ?? int.MaxValue);
        }
        if (options.EssentialRoles is null)
        {
            Add("EssentialRoles", "is null: leave it empty.");
            return;
        }
        foreach (string role in options.EssentialRoles)
        {
            Name("EssentialRoles", role, "role", maxNameBytes);
            bool isDeclared = options.Roles?.ContainsKey(role) ?? options.Roster?.Values.Contains(role) ?? true;
            if (!isDeclared) Add("EssentialRoles", $"holds '{role}', which no member of Roster and no seat of Roles has.");
        }
    }

    public void Heartbeat(TimeSpan interval, TimeSpan timeout, TimeSpan window)
    {
        if (interval < TimeSpan.FromMilliseconds(1) || interval >= timeout)
            Add("HeartbeatInterval", $"is {interval:c}: use at least 1 ms, and less than HeartbeatTimeout ({timeout:c}).");
        if (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(1))
            Add("HeartbeatTimeout", $"is {timeout:c}: use more than zero and at most a day; it can't be infinite.");
        if (window < TimeSpan.Zero || window > TimeSpan.FromDays(1))
            Add("ReconnectWindow", $"is {window:c}: use zero to a day; it can't be infinite.");
    }

    /// <exception cref="ArgumentException">There are faults; the text lists them all.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0) throw new ArgumentException($"{owner} cannot be used. {string.Join(" ", _faults)}");
    }
}
