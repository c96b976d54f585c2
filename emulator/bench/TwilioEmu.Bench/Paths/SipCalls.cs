using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TwilioEmu.Bench.Driving;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Bench.Paths;

/// <summary>
/// SIP: messages read and written, registrations by digest, calls set up by
/// SIPp beside SIPp's own, concurrent calls with sound, a long call.
/// </summary>
internal static class SipCalls
{
    private const string Domain = "bench.sip.twilio.com";
    private const string Password = "Correct1Horse2Battery";
    private const int RegistrationCount = 10_000;

    /// <summary>error dictionary 21242.</summary>
    private const int CredentialsAList = 1000;

    private static readonly byte[] Invite = Encoding.ASCII.GetBytes(
        "INVITE sip:service@bench.sip.twilio.com SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK776asdhds;rport\r\nMax-Forwards: "
            + "70\r\nFrom: \"Ann\" <sip:ann@bench.sip.twilio.com>;tag=1928301774\r\n"
        + "To: <sip:service@bench.sip.twilio.com>\r\nCall-ID: a84b4c76e66710@127.0.0.1\r\nCSeq: 314159 INVITE\r\nContact: "
        + "<sip:ann@127.0.0.1:5060>\r\nAllow: INVITE, ACK, BYE, CANCEL\r\nX-Why: because\r\n"
        + "Content-Type: application/sdp\r\nContent-Length: 139\r\n\r\nv=0\r\no=u 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 "
        + "0\r\nm=audio 40000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n");

    public static async Task<int> RunAsync(Programs programs, int callCount, TimeSpan time)
    {
        Messages();
        var port = FreePort();
        using var emulator = await Child.StartAsync(
            programs.Emulator, "serve", "--port", "0", "--https-port", "off", "--sip-port", $"{port}", "--rtp-ports", "50000-52999",
            "--log", "quiet", "--config", await ConfigAsync());
        await SetUpAsync(emulator.Port);
        await RegistrationsAsync(emulator, port);
        await SippAsync(port);
        await SoundAsync(emulator, port, callCount, time);
        return 0;
    }

    private static void Messages()
    {
        const int Count = 200_000;
        if (!SipParser.TryParse(Invite, out var message, out _)) throw new InvalidOperationException("the INVITE cannot be read");
        var copy = new byte[Invite.Length];
        Measure("an INVITE read", () => _ = SipParser.TryParse(Invite, out _, out _));
        Measure("an INVITE written", () => SipWriter.Write(message!));
        Measure("its bytes copied", () => Invite.CopyTo(copy.AsSpan()));

        static void Measure(string what, Action act)
        {
            for (var i = 0; i < 20_000; i++) act();
            var (bytes, before) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.UserTime);
            for (var i = 0; i < Count; i++) act();
            Out.WriteLine($"{what}: {(Environment.CpuUsage.UserTime - before).TotalNanoseconds / Count:F0} ns of processor, "
                + $"{(GC.GetAllocatedBytesForCurrentThread() - bytes) / Count} B");
        }
    }

    /// <summary>Made and refreshed at a serving emulator: each is challenged, and answers with the digest of its password.</summary>
    private static async Task RegistrationsAsync(Child emulator, int port)
    {
        var load = new RegistrationLoad(port, Domain, Password);
        for (var round = 1; round <= 2; round++)
        {
            var before = emulator.Processor;
            var took = await load.RunAsync(RegistrationCount, round);
            var each = (emulator.Processor - before).TotalMicroseconds / RegistrationCount;
            Out.WriteLine(
                $"{RegistrationCount:N0} registrations {(round == 1 ? "made" : "refreshed")} with digest, over UDP: "
                + $"{RegistrationCount / took.TotalSeconds:N0}/s, {each:F0} us of processor each");
        }
    }

    /// <summary>Calls per second of SIPp against the emulator, whose TwiML answers, beside SIPp against SIPp; twice, alternating.</summary>
    private static async Task SippAsync(int port)
    {
        var scenario = Path.Combine(Path.GetTempPath(), "twilioemu-bench-uac.xml");
        const string Head = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\nFrom: "
            + "<sip:u@bench.sip.twilio.com>;tag=[call_number]\nCall-ID: [call_id]\nMax-Forwards: 70\nContact: "
            + "<sip:u@[local_ip]:[local_port]>\n";
        await File.WriteAllTextAsync(
            scenario,
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<scenario name=\"calls\">\n<send retrans=\"500\"><![CDATA[\nINVITE "
                + "sip:service@bench.sip.twilio.com SIP/2.0\n" + Head
            + "To: <sip:service@bench.sip.twilio.com>\nCSeq: 1 INVITE\nContent-Type: application/sdp\nContent-Length: [len]\n\nv=0\no=u 1 "
            + "1 IN IP4 [media_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\nm=audio [media_port] RTP/AVP 0\na=rtpmap:0 PCMU/8000\n]]></send>\n"
            + "<recv response=\"100\" optional=\"true\"/>\n<recv response=\"180\" optional=\"true\"/>\n<recv response=\"200\" "
            + "rrs=\"true\"/>\n<send><![CDATA[\nACK [next_url] SIP/2.0\n" + Head
            + "To: <sip:service@bench.sip.twilio.com>[peer_tag_param]\nCSeq: 1 ACK\nContent-Length: 0\n\n]]></send>\n<send "
            + "retrans=\"500\"><![CDATA[\nBYE [next_url] SIP/2.0\n" + Head
            + "To: <sip:service@bench.sip.twilio.com>[peer_tag_param]\nCSeq: 2 BYE\nContent-Length: 0\n\n]]></send>\n<recv response=\"200\"/>\n</scenario>\n");
        for (var round = 0; round < 2; round++)
        {
            var ours = await CallsPerSecondAsync(scenario, port);
            var uas = FreePort();
            using var other = Start("-sn", "uas", "-i", "127.0.0.1", "-p", $"{uas}", "-nostdin");
            await Task.Delay(500);
            var theirs = await CallsPerSecondAsync(scenario, uas);
            other.Kill();
            Out.WriteLine($"calls set up and torn down: {ours:F0}/s beside {theirs:F0}/s of SIPp by itself: {ours / theirs:F2}");
        }
    }

    private static async Task<double> CallsPerSecondAsync(string scenario, int port)
    {
        const int Count = 3000;
        var clock = Stopwatch.StartNew();
        using var sipp = Start("-sf", scenario, $"127.0.0.1:{port}", "-i", "127.0.0.1", "-p", $"{FreePort()}", "-m", $"{Count}", "-r", "5000", "-l", "50", "-nostdin");
        await sipp.WaitForExitAsync();
        return sipp.ExitCode == 0 ? Count / clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"SIPp ended with {sipp.ExitCode}");
    }

    /// <summary>Calls at a time with G.711 both ways, beside a bare sender of as many streams in the same run.</summary>
    private static async Task SoundAsync(Child emulator, int port, int count, TimeSpan time)
    {
        var streams = Enumerable.Range(0, count).Select(_ => new RtpStream()).ToArray();
        var callers = Enumerable.Range(0, count).Select(i => new SipCaller(port, Domain, i)).ToArray();
        for (var i = 0; i < count; i++) await callers[i].CallAsync(streams[i]);
        RtpStream.Pace(streams, streams, TimeSpan.FromSeconds(3));
        foreach (var stream in streams) stream.Restart();
        var before = emulator.Processor;
        RtpStream.Pace(streams, streams, time);
        var share = (emulator.Processor - before) / time;
        Tell($"{count} calls for {time.TotalSeconds:0} s ({share:P0} of a processor)", streams);
        foreach (var caller in callers)
        {
            await caller.HangUpAsync();
            caller.Dispose();
        }
        foreach (var stream in streams) stream.Dispose();
        // What is on its way to their ports must not come to those of the next.
        await Task.Delay(TimeSpan.FromSeconds(2));

        var bare = Enumerable.Range(0, count).Select(_ => new RtpStream()).ToArray();
        var ears = Enumerable.Range(0, count).Select(_ => new RtpStream()).ToArray();
        for (var i = 0; i < count; i++) bare[i].Peer = new IPEndPoint(IPAddress.Loopback, ears[i].Port);
        RtpStream.Pace(bare, ears, TimeSpan.FromSeconds(Math.Min(20, time.TotalSeconds)));
        Tell($"a bare sender of {count} streams", ears);
        foreach (var stream in bare.Concat(ears)) stream.Dispose();
    }

    private static void Tell(string what, RtpStream[] streams)
    {
        var late = streams.SelectMany(s => s.Lateness).Order().ToArray();
        Out.WriteLine(
            $"{what}: {streams.Sum(s => (long)s.ReceivedCount):N0} packets came, {streams.Sum(s => s.LostCount)} lost; lateness p50 "
                + $"{late[late.Length / 2]:F1} ms, p99 {late[late.Length * 99 / 100]:F1} ms; "
            + $"drift at most {streams.Max(s => Math.Abs(s.Drift)):F1} ms");
    }

    private static async Task<string> ConfigAsync()
    {
        var config = Path.Combine(Path.GetTempPath(), "twilioemu-bench-sip.yaml");
        await File.WriteAllTextAsync(config, "app:\n  /voice: \"<Response><Say>Hello</Say><Pause length=\\\"600\\\"/></Response>\"\n");
        return config;
    }

    private static async Task SetUpAsync(int port)
    {
        using var rest = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/2010-04-01/Accounts/{Programs.Account}/SIP/") };
        rest.DefaultRequestHeaders.Add("Authorization", Programs.Authorization);
        var domain = await PostAsync("Domains.json", ("DomainName", Domain), ("VoiceUrl", "http://app/voice"), ("SipRegistration", "true"));
        var list = await PostAsync("IpAccessControlLists.json", ("FriendlyName", "here"));
        await PostAsync($"IpAccessControlLists/{list}/IpAddresses.json", ("FriendlyName", "here"), ("IpAddress", "127.0.0.1"));
        await PostAsync($"Domains/{domain}/Auth/Calls/IpAccessControlListMappings.json", ("IpAccessControlListSid", list));
        for (var user = 0; user < RegistrationCount;)
        {
            var users = await PostAsync("CredentialLists.json", ("FriendlyName", $"from {user}"));
            await PostAsync($"Domains/{domain}/Auth/Registrations/CredentialListMappings.json", ("CredentialListSid", users));
            for (var i = 0; i < CredentialsAList; i++, user++)
            {
                await PostAsync($"CredentialLists/{users}/Credentials.json", ("Username", $"u{user}"), ("Password", Password));
            }
        }

        async Task<string> PostAsync(string path, params (string Name, string Value)[] pairs)
        {
            using var form = new FormUrlEncodedContent(pairs.Select(p => KeyValuePair.Create(p.Name, p.Value)));
            using var answer = await rest.PostAsync(path, form);
            using var json = System.Text.Json.JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            return json.RootElement.GetProperty("sid").GetString()!;
        }
    }

    private static Process Start(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo("sipp", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    private static int FreePort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }
}
