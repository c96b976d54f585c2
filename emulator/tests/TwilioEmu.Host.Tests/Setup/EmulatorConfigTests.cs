using TwilioEmu.Scenarios.Reference;

namespace TwilioEmu.Host.Tests.Setup;

public sealed class EmulatorConfigTests
{
    [Fact]
    public async Task Everything_that_is_built_moves_in()
    {
        var config = new EmulatorConfig()
            .Account("Shop \"é\" 世界", "AC00000000000000000000000000000042", "secret")
            .Account("Other")
            .Number(new NumberSetup("+14155550100")
            {
                Type = "long-code",
                FriendlyName = "Front desk",
                SmsUrl = "http://app.test/sms",
                SmsMethod = "GET",
                SmsFallbackUrl = "http://app.test/f",
                SmsFallbackMethod = "POST",
                VoiceUrl = "http://app.test/voice",
                VoiceMethod = "POST",
                VoiceFallbackUrl = "http://app.test/vf",
                VoiceFallbackMethod = "GET",
                StatusCallback = "http://app.test/s",
                StatusCallbackMethod = "GET",
                MessagesPerSecond = 2.5,
            })
            .Number("72727", account: "Other")
            .Handset("+14155550177", new HandsetSettings { PickUp = PickUp.Busy })
            .CallerId("+14155550188")
            .PublicName("https://app.local", "http://127.0.0.1:5000")
            .CallsPerSecond(30);
        await using var twilio = await StartAsync(config);
        twilio.Account.Should().Be(new EmulatedAccount("AC00000000000000000000000000000042", "secret", "Shop \"é\" 世界"));
        (await twilio.Handset("+14155550177").StateAsync()).Behaviour.TryGetProperty("busy", out _).Should().BeTrue();
        using var program = new HttpClient(twilio.CreateHandler())
        {
            DefaultRequestHeaders = { Authorization = twilio.Account.Authorization },
        };
        var numbers = await program.GetStringAsync(
            $"https://api.twilio.com/2010-04-01/Accounts/{twilio.Account.Sid}/IncomingPhoneNumbers.json");
        numbers.Should().Contain("Front desk").And.Contain("http://app.test/vf").And.NotContain("72727");
        (await program.GetStringAsync($"https://api.twilio.com/2010-04-01/Accounts/{twilio.Account.Sid}/OutgoingCallerIds.json"))
            .Should().Contain("+14155550188");
    }

    /// <summary>The builder is typed by hand; what it says is held against the rows of the config language.</summary>
    [Fact]
    public void The_builder_says_every_word_of_a_number()
    {
        var full = new NumberSetup("+14155550100");
        foreach (var property in typeof(NumberSetup).GetProperties().Where(p => p.Name != nameof(NumberSetup.Number)))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(full, type == typeof(string) ? "x" : Activator.CreateInstance(type));
        }
        full.ToJson().Select(m => m.Key)
            .Should().BeEquivalentTo(
                WordTable.Config.Single(p => p.Title == "numbers[]").Words.Select(w => w.Name),
                "NumberSetup has a property for each, and writes it");
    }

    [Fact]
    public async Task A_text_says_its_faults_with_their_places()
    {
        var start = () => StartAsync(EmulatorConfig.FromYaml("numbers:\n  - { number: \"nonsense\" }\nnumbrs: []\n"));
        var faults = (await start.Should().ThrowAsync<EmulatorConfigException>()).Which.Faults;
        faults.Should().HaveCount(2);
        faults[0].Should().StartWith("config:2:").And.Contain("nonsense");
        faults[1].Should().StartWith("config:3:").And.Contain("numbrs");
    }

    [Fact]
    public async Task What_is_built_wrong_is_told_like_a_file()
    {
        var start = () => StartAsync(new EmulatorConfig().Number("+14155550100", smsUrl: "nowhere", account: "Nobody"));
        (await start.Should().ThrowAsync<EmulatorConfigException>()).Which.Faults.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_config_that_reads_well_but_cannot_be_is_told()
    {
        var start = () => StartAsync(new EmulatorConfig().Number("+14155550100", account: "AC00000000000000000000000000000099"));
        (await start.Should().ThrowAsync<EmulatorConfigException>()).Which.Message.Should().Contain("there is no account");
    }

    [Fact]
    public void Nothing_is_added_to_a_text()
    {
        var add = () => EmulatorConfig.FromYaml("").Number("+14155550100");
        add.Should().Throw<InvalidOperationException>();
    }

    [Theory]
    [InlineData("fast", 0, null)]
    [InlineData(null, -1, null)]
    [InlineData(null, 65536, null)]
    [InlineData(null, null, 0)]
    public async Task Options_that_cannot_be_are_refused(string? clock, int? port, int? httpsPort)
    {
        var start = () => TwilioEmuHost.StartAsync(new TwilioEmuHostOptions { Clock = clock, Port = port, HttpsPort = httpsPort });
        await start.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task A_text_may_set_clock_and_seed_and_options_beat_it()
    {
        await using var told = await StartAsync(EmulatorConfig.FromYaml("clock: auto\nseed: 7\n"));
        var health = await told.Control.HealthAsync();
        (health.Clock, health.Seed).Should().Be(("auto", 7L));
        await using var beaten = await TwilioEmuHost.StartAsync(new TwilioEmuHostOptions
        {
            Port = null,
            Config = EmulatorConfig.FromYaml("clock: auto\nseed: 7\n"),
            Clock = "x10",
            Seed = 8,
        });
        health = await beaten.Control.HealthAsync();
        (health.Clock, health.Seed).Should().Be(("x10", 8L));
    }

    [Fact]
    public async Task A_TLS_port_is_told_where_it_is()
    {
        await using var twilio = await TwilioEmuHost.StartAsync(new TwilioEmuHostOptions { HttpsPort = 0 });
        twilio.TlsUrl!.Scheme.Should().Be("https");
        twilio.TlsUrl.Port.Should().NotBe(twilio.BaseUrl.Port);
    }

    private static Task<TwilioEmuHost> StartAsync(EmulatorConfig config) =>
        TwilioEmuHost.StartAsync(new TwilioEmuHostOptions { Port = null, Config = config });
}
