using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Tests.Config;

public sealed class ConfigReaderTests
{
    [Fact]
    public void Money_and_what_is_known_of_numbers_are_read()
    {
        var config = Read("""
            accounts:
              - { friendly_name: Main, balance: 12.5 }
            prices:
              default: { sms_out: 0.02 }
              GB: { call_in: 0, local_number: 3 }
            lookup:
              "+14155550199":
                line_type: landline
                carrier: Acme
                mobile_country_code: "310"
                mobile_network_code: "26"
                caller_name: ANN EXAMPLE
                caller_type: BUSINESS
                sim_swapped: 3h
                forwarded: true
                line_status: inactive
                reassigned: "yes"
                risk_score: 90
                blocked: true
                identity: { first_name: Ann, postal_code: "0150" }
            """, out var faults);
        faults.All.Should().BeEmpty();
        config.Accounts[0].Balance.Should().Be(12.5m);
        config.Prices["default"].Should().Equal(new Dictionary<string, decimal> { ["sms_out"] = 0.02m });
        config.Prices["GB"].Should().Equal(new Dictionary<string, decimal> { ["call_in"] = 0m, ["local_number"] = 3m });
        config.Lookup.Keys.Should().Equal("+14155550199");
        config.Lookup["+14155550199"].Should().BeEquivalentTo(new NumberFacts
        {
            LineType = "landline",
            Carrier = "Acme",
            MobileCountryCode = "310",
            MobileNetworkCode = "26",
            CallerName = "ANN EXAMPLE",
            CallerType = "BUSINESS",
            SimSwappedAgo = TimeSpan.FromHours(3),
            IsForwarded = true,
            LineStatus = "inactive",
            Reassigned = "yes",
            RiskScore = 90,
            IsBlocked = true,
            Identity = new Dictionary<string, string> { ["first_name"] = "Ann", ["postal_code"] = "0150" },
        });
    }

    [Fact]
    public void Every_key_is_read()
    {
        var config = Read("""
            port: 0
            https_port: 4443
            host: 0.0.0.0
            sip_port: 0
            sips_port: 5061
            rtp_ports: 10000-10999
            smpp_port: 2775
            clock: x10
            seed: 7
            data: ./state
            accounts:
              - { sid: AC00000000000000000000000000000001, auth_token: secret, friendly_name: Main }
            numbers:
              - number: "+14155550100"
                type: long-code
                account: Main
                friendly_name: Front desk
                sms_url: http://localhost:5000/sms
                sms_method: GET
                sms_fallback_url: http://localhost:5000/sms2
                sms_fallback_method: POST
                voice_url: http://localhost:5000/voice
                voice_method: GET
                voice_fallback_url: http://localhost:5000/voice2
                voice_fallback_method: POST
                status_callback: http://localhost:5000/status
                status_callback_method: POST
                messages_per_second: 0.5
              - { number: "12345", type: short-code }
            caller_ids:
              - { number: "+14155550177", account: Main }
            handsets:
              - number: "+14155550199"
                answers: 4s
                driven_from_outside: true
                script:
                  - { hears: "/press \\d/", within: 10s }
                  - { presses: "1#" }
                  - { wait: 2s }
                  - { says: sales please }
                  - { plays: hello.wav }
                  - { hangs_up: true }
                texts: { status: undelivered, error_code: 30003, delay: 250ms }
            public_names: { "https://app.local": "http://127.0.0.1:5000" }
            calls_per_second: 5
            limits: { journal_entries: 1000, records: 2000, age: 2d, concurrent_requests: 100 }
            """, out var faults);
        faults.All.Should().BeEmpty();
        config.Options.Said.Should().BeEquivalentTo(
            "port", "host", "clock", "seed", "https_port", "data", "sip_port", "rtp_ports", "sips_port", "smpp_port");
        config.Options.Get(ServeSettings.Port).Should().Be(0);
        config.Options.Get(ServeSettings.HttpsPort).Should().Be(new PortChoice(4443));
        config.Options.Get(ServeSettings.Host).Should().Be("0.0.0.0");
        config.Options.Get(ServeSettings.SipPort).Should().Be(new PortChoice(0));
        config.Options.Get(ServeSettings.SipsPort).Should().Be(new PortChoice(5061));
        config.Options.Get(ServeSettings.RtpPorts).Should().Be((10000, 10999));
        config.Options.Get(ServeSettings.SmppPort).Should().Be(new PortChoice(2775));
        config.Options.Get(ServeSettings.Clock).Should().Be(new ClockMode.Scaled(10));
        config.Options.Get(ServeSettings.Seed).Should().Be(7);
        config.Options.Get(ServeSettings.Data).Should().Be("./state");
        config.Accounts.Should()
            .Equal(new AccountSpec { Sid = new("AC00000000000000000000000000000001"), AuthToken = "secret", FriendlyName = "Main" });
        config.Numbers[0].Should().BeEquivalentTo(new PhoneNumberSpec
        {
            Number = "+14155550100",
            Kind = NumberKind.LongCode,
            Account = "Main",
            MessagesPerSecond = 0.5,
            Parameters = new Dictionary<string, string>
            {
                ["FriendlyName"] = "Front desk",
                ["SmsUrl"] = "http://localhost:5000/sms",
                ["SmsMethod"] = "GET",
                ["SmsFallbackUrl"] = "http://localhost:5000/sms2",
                ["SmsFallbackMethod"] = "POST",
                ["VoiceUrl"] = "http://localhost:5000/voice",
                ["VoiceMethod"] = "GET",
                ["VoiceFallbackUrl"] = "http://localhost:5000/voice2",
                ["VoiceFallbackMethod"] = "POST",
                ["StatusCallback"] = "http://localhost:5000/status",
                ["StatusCallbackMethod"] = "POST",
            },
        });
        config.Numbers[1].Kind.Should().Be(NumberKind.ShortCode);
        var phone = config.Handsets[0].Behaviour;
        (phone.PickUp, phone.After, phone.IsDrivenFromOutside).Should().Be((PickUp.Answers, TimeSpan.FromSeconds(4), true));
        phone.Texts.Should().Be(new DeliveryReport(DeliveryOutcome.Undelivered, 30003, TimeSpan.FromMilliseconds(250)));
        phone.Script.Should().HaveCount(6);
        phone.Script[1].Should().Be(new ScriptStep.Presses("1#"));
        config.PublicNames.Should().Contain("https://app.local", "http://127.0.0.1:5000");
        config.CallsPerSecond.Should().Be(5);
        config.CallerIds.Should().Equal(new CallerIdConfig("+14155550177", "Main"));
        config.Limits.Should().Be(new LimitsConfig(1000, 2000, TimeSpan.FromDays(2), 100));
    }

    [Theory]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\",\n      sms_ulr: x }",
        "c.yaml:3:7: unknown key \"sms_ulr\" in numbers[0] (did you mean \"sms_url\"?)")]
    [InlineData("numbers:\n  - { type: long-code }", "c.yaml:2:5: numbers[0] lacks \"number\"")]
    [InlineData("numbers: 5", "c.yaml:1:10: numbers must be a list, not a single value")]
    [InlineData("numbers:\n  - hello", "c.yaml:2:5: numbers[0] must be a mapping, not a single value")]
    [InlineData("numbers:\n  - { number: 4155550100 }", "c.yaml:2:15: numbers[0].number: \"4155550100\" is neither a phone number")]
    [InlineData("numbers:\n  - { number: \"+14155550100\", sms_url: localhost/sms }", "is not an absolute http or https URL")]
    [InlineData("numbers:\n  - { number: \"+14155550100\", sms_method: PUT }", "must be GET or POST, not \"PUT\"")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", type: longcode }",
        "must be one of long-code, toll-free, short-code, not \"longcode\" (did you mean \"long-code\"?)")]
    [InlineData("numbers:\n  - { number: \"12345\", type: toll-free }", "12345 cannot be a toll-free: what has no plus is a short-code")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\" }\n  - { number: \"+14155550100\" }",
        "c.yaml:3:15: the number +14155550100 stands there twice")]
    [InlineData("numbers:\n  - { number: \"+14155550100\", account: Nobody }", "no account is called \"Nobody\"")]
    [InlineData("numbers:\n  - { number: \"+14155550100\", messages_per_second: -1 }", "must be a number from 0.001 to 100000, not \"-1\"")]
    [InlineData("caller_ids:\n  - { number: \"12345\" }", "caller_ids[0].number")]
    [InlineData("caller_ids:\n  - { number: \"+14155550177\", account: Nobody }", "caller_ids[0].account: no account is called \"Nobody\"")]
    [InlineData("port: 70000", "c.yaml:1:7: port: \"70000\" is not a port: 0 to 65535")]
    [InlineData("port:", "port must be a single value, not nothing")]
    [InlineData("clock: fast", "\"fast\" is not a clock")]
    [InlineData("rtp_ports: 5-1", "is not a range of ports")]
    [InlineData("accounts:\n  - { sid: AC1 }", "\"AC1\" is not an account SID")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550199\", busy: true, rejects: true }", "a phone cannot both have \"busy\" and \"rejects\"")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", answers: soon }", "\"soon\" is not a duration")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", answers: 21m }", "is longer than 20m")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550199\", texts: { status: lost } }",
        "must be one of delivered, undelivered, failed, no-receipt")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", texts: { error_code: 30003 } }", "is for texts that are undelivered or failed")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", driven_from_outside: yes }", "must be true or false, not \"yes\"")]
    [InlineData("accounts:\n  - { friendly_name: A, verify_channels_off: [whatsap] }", "is none of sms, call, email, whatsapp")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", username: jo }", "has not 3 to 35 characters")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", username: ann-lee }", "not of letters, digits, periods and underscores alone")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", username: \"123_4\" }", "has no letter")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", username: ann..lee }", "a period at an end or beside another")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", username: annlee.com }", "looks like an address of the web")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", script: [{ hears: \"/(/\" }] }", "is not a regular expression")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", script: [{ presses: x }] }", "holds more than keys")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", script: [{ wait: 1s, says: x }] }", "has 2 verbs (wait, says)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550199\", script: [{ waits: 1s }] }",
        "unknown key \"waits\" in handsets[0].script[0] (did you mean \"wait\"?)")]
    [InlineData("handsets:\n  - { number: \"+14155550199\", script: [{ wait: 1s }, { answers: 1s }] }", "only as its first step")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\" }\nhandsets:\n  - { number: \"+14155550100\" }", "an account's number is not a handset")]
    [InlineData("public_names: { \"https://app.local/x\": \"http://127.0.0.1\" }", "must be scheme, host and port only")]
    [InlineData("limits: { age: 5 }", "has no unit")]
    [InlineData("prices: { Narnia: { sms_out: 1 } }", "is neither a country such as US nor default")]
    [InlineData("prices: { US: { sms_uot: 1 } }", "unknown key \"sms_uot\" in prices.US (did you mean \"sms_out\"?)")]
    [InlineData("prices: { US: { sms_out: -1 } }", "prices.US.sms_out")]
    [InlineData("lookup: { abc: { carrier: x } }", "is not a phone number")]
    [InlineData("lookup: { \"+14155550199\": { line_type: pigeon } }", "is not one of mobile, landline")]
    [InlineData("app: { sms: hi }", "\"sms\" is neither a path such as \"/sms\" nor an http URL")]
    [InlineData("app: { /sms: [] }", "is an empty list")]
    [InlineData("app: { /sms: { stauts: 500 } }", "unknown key \"stauts\" in app./sms (did you mean \"status\"?)")]
    [InlineData("app: { /sms: [{ when: { Digits: 1 } }] }", "lacks \"answer\"")]
    [InlineData("- a", "the document must be a mapping, not a list")]
    public void Bad_input_is_a_fault_that_says_what_and_where(string yaml, string fault)
    {
        Read(yaml, out var faults);
        faults.All.Select(f => f.ToString()).Should().Contain(f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_are_told_in_the_order_they_stand()
    {
        Read("port: x\nclock: y\nnumbers:\n  - { nmber: z }\nhots: h", out var faults);
        faults.All.Select(f => f.Position.Line).Should().Equal(1, 2, 4, 4, 5);
    }

    [Fact]
    public void A_value_in_a_config_is_no_template()
    {
        Read("numbers:\n  - { number: \"${x}\" }", out var faults);
        faults.Count.Should().Be(1);
    }

    [Fact]
    public void An_app_chooses_by_parameters_and_else_goes_through_its_answers()
    {
        var config = Read("""
            app:
              /menu:
                - when: { Digits: 1 }
                  answer: [<Response/>, { status: 404 }]
                - first
                - { status: 500, body: oops, content_type: text/html, after: 2s }
              https://other.example/x: hi
            """, out var faults);
        faults.All.Should().BeEmpty();
        var menu = config.App.Pages[0];
        menu.Url.Should().Be(new Uri("http://app/menu"));
        menu.Choices[0].When.Should().Contain("Digits", "1");
        menu.Choices[0].Replies
            .Should().Equal(
                new AppReply(200, "text/xml; charset=utf-8", "<Response/>", TimeSpan.Zero), new AppReply(404, null, "", TimeSpan.Zero));
        menu.Choices[1].When.Should().BeEmpty();
        menu.Choices[1].Replies.Should().Equal(
            new AppReply(200, "text/plain; charset=utf-8", "first", TimeSpan.Zero),
            new AppReply(500, "text/html", "oops", TimeSpan.FromSeconds(2)));
        config.App.Pages[1].Url.Should().Be(new Uri("https://other.example/x"));
    }

    private static WorldConfig Read(string yaml, out Faults faults) => ConfigReader.ReadFile("c.yaml", yaml, faults = new Faults());
}
