using System.CommandLine;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Options;
using TwilioEmu.Proxy;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Options;

public sealed class NetworkOptionsTests
{
    private readonly List<string> _errors = [];

    [Theory]
    [InlineData("", 4443, false)]
    [InlineData("--port 0", 0, false)]
    [InlineData("--https-port 8443", 8443, true)]
    [InlineData("--port 0 --https-port 8443", 8443, true)]
    [InlineData("--https-port off", null, true)]
    public void The_tls_port_follows_what_was_asked(string line, int? port, bool isAsked)
    {
        var options = Read(line);
        (options.HttpsPort, options.IsHttpsPortAsked).Should().Be((port, isAsked));
        _errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("--port 0", false)]
    [InlineData("--port 0 --sip-ws-port 0", true)]
    [InlineData("--port 0 --sips-port 0", true)]
    [InlineData("--port 0 --sip-ws-port off", false)]
    public void Who_asks_for_one_way_of_SIP_has_SIP_whatever_the_port_of_HTTP(string line, bool hasSip)
    {
        (Read(line).Endpoints.Sip is not null).Should().Be(hasSip);
        _errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "All")]
    [InlineData("--host 0.0.0.0", "Named")]
    [InlineData("--host 0.0.0.0 --proxy-passthrough all", "All")]
    [InlineData("--proxy-passthrough off", "Off")]
    public void The_proxys_reach_follows_the_bind_address_unless_told(string line, string reach) =>
        Read(line).Endpoints.Proxy.PassThrough.Reach.Should().Be(Enum.Parse<PassThroughReach>(reach));

    [Fact]
    public void Public_names_add_to_the_files_and_win_over_them()
    {
        var file = new WorldConfig
        {
            PublicNames = new Dictionary<string, string>
            {
                ["https://app.local"] = "http://127.0.0.1:1",
                ["https://kept.local"] = "http://127.0.0.1:2",
            },
        };
        var config = Read("--public-names https://app.local/=http://127.0.0.1:3000,wss://app.local=http://127.0.0.1:3000").Over(file);
        config.PublicNames.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["https://app.local"] = "http://127.0.0.1:3000",
            ["wss://app.local"] = "http://127.0.0.1:3000",
            ["https://kept.local"] = "http://127.0.0.1:2",
        });
        _errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("https://app.local")]
    [InlineData("https://app.local=")]
    [InlineData("app.local=http://127.0.0.1:3000")]
    [InlineData("https://app.local/path=http://127.0.0.1:3000")]
    [InlineData("https://app.local=ftp://127.0.0.1")]
    public void A_public_name_that_is_none_is_said(string value)
    {
        Read($"--public-names {value}");
        _errors.Should().ContainSingle().Which.Should().StartWith("--public-names: ");
    }

    [Fact]
    public void Lists_are_comma_separated()
    {
        var options = Read("--tls-names twilioemu,*.emu.internal --proxy-allow api.example.com");
        options.Asked.Get(ServeSettings.TlsNames).Should().Equal("twilioemu", "*.emu.internal");
        options.Endpoints.Proxy.PassThrough.Allowed.Should().Equal("api.example.com");
    }

    [Fact]
    public void The_command_line_beats_the_file()
    {
        var file = ServeOptions.None
            .With(ServeSettings.HttpsPort, new PortChoice(1)).With(ServeSettings.ProxyPassThrough, "off")
            .With(ServeSettings.Data, "/file").With(ServeSettings.TlsNames, ["a"]);
        Read("", file).Ca.Folder.Should().Be(Path.Combine("/file", "ca"));
        var options = Read("--https-port 2 --proxy-passthrough local --data /line --tls-names b", file);
        (options.HttpsPort, options.Endpoints.Proxy.PassThrough.Reach, options.Ca.Folder, options.Asked.Get(ServeSettings.TlsNames)[0])
            .Should().Be((2, PassThroughReach.Local, Path.Combine("/line", "ca"), "b"));
    }

    [Theory]
    [InlineData("--https-port 65536", "--https-port")]
    [InlineData("--https-port x", "--https-port")]
    [InlineData("--proxy-passthrough some", "--proxy-passthrough")]
    [InlineData("--tls-names a/b", "--tls-names")]
    [InlineData("--proxy-allow http://x", "--proxy-allow")]
    [InlineData("--ca-key k.pem", "--ca-cert")]
    [InlineData("--sip-port off --sip-ws-port 5080", "--sip-ws-port goes with --sip-port")]
    [InlineData("--sip-port off --sips-port 0", "--sips-port goes with --sip-port")]
    public void A_bad_value_is_told(string line, string word)
    {
        Read(line);
        _errors.Should().ContainSingle().Which.Should().Contain(word);
    }

    private EmulatorOptions Read(string line, ServeOptions? file = null)
    {
        var table = new OptionTable();
        var command = new Command("serve");
        table.AddTo(command);
        var options = new EmulatorOptions(table.Read(command.Parse(line), file ?? ServeOptions.None, _errors));
        _errors.AddRange(EmulatorOptions.Lacks(options.Asked));
        return options;
    }
}
