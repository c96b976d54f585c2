using System.Globalization;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Tests.Transports;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;
using TwilioEmu.Tests.Strangers;

namespace TwilioEmu.Sip.Tests.Strangers;

/// <summary>Programs that other people wrote, on loopback: SIPp, sipsak, baresip.</summary>
[Trait("slow", "")]
public sealed class StrangerTests
{
    [Fact]
    public async Task Sipp_calls_over_UDP_and_every_call_succeeds()
    {
        await using var exchange = new Exchange(transports: SipTransport.Udp);
        var (code, said) = await StrangerProgram.RunAsync(
            "sipp", "-sn", "uac", $"127.0.0.1:{exchange.Port}", "-i", "127.0.0.1", "-m", "100",
                "-r", "50", "-d", "100", "-nostdin", "-timeout", "50");
        code.Should().Be(0, said);
        exchange.Told<SipOutput.CallConfirmed>().Should().HaveCount(100);
        exchange.Told<SipOutput.CallEnded>().Should().HaveCount(100).And.OnlyContain(e => e.End.Kind == SipEndKind.HungUp);
    }

    [Fact]
    public async Task Sipp_calls_over_TCP_and_every_call_succeeds()
    {
        await using var exchange = new Exchange(transports: SipTransport.Tcp);
        var port = exchange.Phone.PortOf(SipTransport.Tcp);
        var (code, said) = await StrangerProgram.RunAsync("sipp", "-sn", "uac", $"127.0.0.1:{port}", "-i", "127.0.0.1", "-t", "t1", "-m",
            "50", "-r", "50", "-d", "100", "-nostdin", "-timeout", "50");
        code.Should().Be(0, said);
        exchange.Told<SipOutput.CallConfirmed>().Should().HaveCount(50);
    }

    [Fact]
    public async Task Sipp_answers_our_calls()
    {
        await using var exchange = new Exchange(transports: SipTransport.Udp);
        var port = 20000 + Environment.ProcessId % 20000;
        using var sipp = StrangerProgram.Start(
            "sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-m",
                "1", "-nostdin", "-timeout", "50");
        var ended = new TaskCompletionSource<SipEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        exchange.Phone.Does = (output, now) =>
        {
            if (output is SipOutput.CallAnswered answered) answered.Call.HangUp(now);
            if (output is SipOutput.CallEnded end) ended.TrySetResult(end.End);
        };
        SipUri.TryParse($"sip:service@127.0.0.1:{port}", out var sippUri).Should().BeTrue();
        var offer = SdpWriter.Write(AudioNegotiation.Offer(new("127.0.0.1", 40000, "1")));
        exchange.Phone.Turn(now => exchange.Phone.Endpoint.Call(new(sippUri, new NameAddr(exchange.Phone.UriOf(SipTransport.Udp, "us")),
            offer), now));
        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(60))).Kind.Should().Be(SipEndKind.HungUp);
    }

    [Fact]
    public async Task Sipsak_is_answered_its_OPTIONS()
    {
        await using var exchange = new Exchange(transports: SipTransport.Udp);
        var (code, said) = await StrangerProgram.RunAsync("sipsak", "-vv", "-s", $"sip:anybody@127.0.0.1:{exchange.Port}");
        code.Should().Be(0, said);
        said.Should().Contain("200 OK");
    }

    [Theory, InlineData("Secret12345678", 0), InlineData("wrong", 1)]
    public async Task Sipsak_registers_with_its_password_only(string password, int expected)
    {
        await using var exchange = new Exchange(transports: SipTransport.Udp);
        var (code, said) = await StrangerProgram.RunAsync("sipsak", "-U", "-C", "sip:alice@127.0.0.1:9", "-x", "300", "-a", password, "-u",
            "alice", "-s", $"sip:alice@127.0.0.1:{exchange.Port}", "-vv");
        (code == 0).Should().Be(expected == 0, said);
        exchange.Registered.Task.IsCompleted.Should().Be(expected == 0, said);
    }

    [Theory, InlineData(SipTransport.Udp), InlineData(SipTransport.Tcp), InlineData(SipTransport.Tls)]
    public async Task Baresip_registers_with_digest_and_calls_with_it(SipTransport transport)
    {
        await using var exchange = new Exchange(asksCallers: true, SipWiresTests.Options, transport);
        var said = await BaresipAsync(exchange, transport, "answermode=manual");
        exchange.Registered.Task.IsCompleted.Should().BeTrue(said);
        exchange.Told<SipOutput.CallConfirmed>().Should().ContainSingle(said);
    }

    [Fact]
    public async Task Baresip_calls_with_SRTP_over_TLS()
    {
        await using var exchange = new Exchange(asksCallers: true, SipWiresTests.Options, SipTransport.Tls);
        var said = await BaresipAsync(exchange, SipTransport.Tls, "mediaenc=srtp-mand");
        var call = exchange.Told<SipOutput.CallConfirmed>().Should().ContainSingle(said).Subject.Call;
        Exchange.AgreementOf(call.Invite)!.IsSecure.Should().BeTrue();
    }

    /// <summary>Registers as alice, dials bob, hangs up after some seconds.</summary>
    private static async Task<string> BaresipAsync(Exchange exchange, SipTransport transport, string media)
    {
        var folder = Directory.CreateTempSubdirectory("baresip").FullName;
        try
        {
            var way = $"127.0.0.1:{exchange.Phone.PortOf(transport)};transport={transport.ToParameter()}";
            await File.WriteAllTextAsync(Path.Combine(folder, "config"),
                "sip_listen 127.0.0.1:0\nmodule_path /usr/lib/baresip/modules\nmodule stdio.so\n"
                + "module g711.so\nmodule aufile.so\nmodule srtp.so\nmodule_tmp account.so\nmodule_app menu.so\n"
                + "audio_player aufile,/dev/null\naudio_source aufile,/dev/null\naudio_alert aufile,/dev/null\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "accounts"),
                $"<sip:alice@{way}>;auth_user=alice;auth_pass=Secret12345678;regint=300;audio_codecs=PCMU,PCMA;{media}\n");
            return (await StrangerProgram.RunAsync("baresip", "-f", folder, "-t", "6", "-e", $"/dial sip:bob@{way}")).Said;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
