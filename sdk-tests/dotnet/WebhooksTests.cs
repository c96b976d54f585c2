using System.Text.Json;
using Strangers.Emulators;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Security;
using Twilio.TwiML;
using Twilio.TwiML.Messaging;
using TwilioEmu;
using Gather = Twilio.TwiML.Voice.Gather;

namespace Strangers;

/// <summary>Webhooks, believed by the SDK's own validator and answered with its own TwiML.</summary>
public sealed class WebhooksTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_text_is_signed_and_its_answer_reaches_the_phone()
    {
        var stranger = await house.NewAccountAsync();
        var number = await House.NewSenderAsync(stranger.Client, o => o.SmsUrl = new Uri($"{house.App.Url}/sms?shop=5&q=a%20b"));
        house.App.On("/sms", p => new MessagingResponse().Append(new Message($"You said {p["Body"]}").Body(" & <more>")));
        var phone = house.Emulator.Control.Handset("+12125550141");
        await phone.TextAsync(number, "café & more +1");
        (await phone.ShouldReceiveAsync("You said café & more +1", from: number)).Body.Should().Contain("<more>");
        house.App.Refused.Should().BeEmpty();
    }

    [Fact]
    public async Task Status_callbacks_are_signed()
    {
        var stranger = await house.NewAccountAsync();
        var message = await MessageResource.CreateAsync(
            "+12125550142", from: await House.NewSenderAsync(stranger.Client), body: "hello", statusCallback: new Uri($"{house.App.Url}/status"), client: stranger.Client);
        await house.Emulator.Control.ShouldBeToldAsync("/status", "delivered", about: message.Sid);
        house.App.Asked("/status").Where(p => p["MessageSid"] == message.Sid).Select(p => p["MessageStatus"]).Should().Contain(["sent", "delivered"]);
        (await MessageResource.FetchAsync(message.Sid, client: stranger.Client)).Status.Should().Be(MessageResource.StatusEnum.Delivered);
        house.App.Refused.Should().BeEmpty();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_call_is_led_by_the_builders_words(string method)
    {
        var stranger = await house.NewAccountAsync();
        house.App.On("/voice", _ => new VoiceResponse()
            .Append(new Gather(numDigits: 1, action: new Uri($"{house.App.Url}/keys"), timeout: 10).Say("For sales, press 1.")).Say("Goodbye."));
        house.App.On("/keys", p => new VoiceResponse().Pause(1).Say(p["Digits"] == "1" ? "Hello from sales." : "Sorry?").Hangup());
        var phone = house.Emulator.Control.Handset(method == "GET" ? "+12125550143" : "+12125550144");
        // Time jumps: what the phone does is said beforehand.
        await phone.ConfigureAsync(new HandsetSettings { Script = [ScriptStep.Hears("press 1"), ScriptStep.Presses("1")] });
        await CallResource.CreateAsync(new CreateCallOptions(new Twilio.Types.PhoneNumber(phone.Number), new Twilio.Types.PhoneNumber(await House.NewSenderAsync(stranger.Client)))
        {
            Url = new Uri($"{house.App.Url}/voice?step=1"),
            Method = method == "GET" ? Twilio.Http.HttpMethod.Get : Twilio.Http.HttpMethod.Post,
        }, stranger.Client);
        var call = await phone.ShouldRingAsync();
        await call.ShouldHearAsync("Hello from sales");
        await call.ShouldBecomeAsync("completed");
        house.App.Refused.Should().BeEmpty();
    }

    [Fact]
    public void The_validator_believes_what_is_in_the_fixtures_and_refuses_another_token_and_another_url()
    {
        using var fixtures = JsonDocument.Parse(File.ReadAllText(Path.Combine(Emulator.Root, "fixtures", "signatures", "signatures.json")));
        fixtures.RootElement.GetArrayLength().Should().BePositive();
        foreach (var fixture in fixtures.RootElement.EnumerateArray())
        {
            string Text(string name) => fixture.GetProperty(name).GetString()!;
            var form = fixture.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
            new RequestValidator(Text("token")).Validate(Text("url"), form, Text("signature")).Should().BeTrue(Text("what"));
            new RequestValidator("other").Validate(Text("url"), form, Text("signature")).Should().BeFalse(Text("what"));
            new RequestValidator(Text("token")).Validate(Text("url") + "c", form, Text("signature")).Should().BeFalse(Text("what"));
        }
    }
}
