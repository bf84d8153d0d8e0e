using Sync.Net.Benchmarks.Members;
using Sync.Net.Benchmarks.Peers.Members;

try
{
    return args switch
    {
        [MemberCommand.Name, .. var rest] => await MemberCommand.RunAsync(rest),
        [PeerMemberCommand.Name, .. var rest] => await PeerMemberCommand.RunAsync(rest),
        [ServeCommand.Name] => await ServeCommand.RunAsync(),
        _ => 64,
    };
}
catch (Exception e)
{
    // What the driver shows.
    Console.Error.WriteLine(e);
    return 70;
}
