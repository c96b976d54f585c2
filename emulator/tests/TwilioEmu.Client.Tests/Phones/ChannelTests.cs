using System.Net;

namespace TwilioEmu.Client.Tests.Phones;

/// <summary>What a person does on WhatsApp besides writing.</summary>
public sealed class ChannelTests : IAsyncLifetime
{
    private const string Clinic = "whatsapp:+14155550100";
    private const string Buttons = "HX00000000000000000000000000000001";
    private const string List = "HX00000000000000000000000000000002";

    private const string World = """
        channel_senders:
          - { sender: "whatsapp:+14155550100", name: Clinic, callback_url: "http://app/whatsapp" }
        content_templates:
          - sid: HX00000000000000000000000000000001
            friendly_name: reminder
            types: { twilio/quick-reply: { body: "Will you come?", actions: [{ title: "I will", id: confirm }, { title: "I cannot", id: cancel }] } }
            approval: approved
          - sid: HX00000000000000000000000000000002
            friendly_name: hours
            types: { twilio/list-picker: { body: "When?", button: Hours, items: [{ id: early, item: "Nine", description: "before work" }, { id: late, item: "Six" }] } }
            approval: approved
        app:
          /whatsapp:
            - { when: { ButtonPayload: confirm }, answer: "<Response><Message>tapped {{ButtonText}}</Message></Response>" }
            - { when: { ListId: early }, answer: "<Response><Message>picked {{ListTitle}}, {{ListDescription}}</Message></Response>" }
            - { when: { MessageType: location }, answer: "<Response><Message>from {{Label}} at {{Latitude}}</Message></Response>" }
        """;

    private TwilioEmuHost _host = null!;
    private HttpClient _app = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TwilioEmuHost.StartAsync(new TwilioEmuHostOptions { Port = null, Config = EmulatorConfig.FromYaml(World) });
        _app = new HttpClient(_host.CreateHandler());
        _app.DefaultRequestHeaders.Authorization = _host.Account.Authorization;
    }

    public async ValueTask DisposeAsync()
    {
        _app.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_button_is_tapped_an_item_picked_a_place_shared()
    {
        var ann = _host.Control.Handset("+12125551001");
        await SendAsync(ann, Buttons);
        await ann.ShouldReceiveAsync("Will you come?", from: Clinic);
        (await ann.TapAsync(Clinic, "I will")).MessageSid.Should().MatchRegex("^SM[0-9a-f]{32}$");
        await ann.ShouldReceiveAsync("tapped I will");
        await SendAsync(ann, List);
        await ann.ShouldReceiveAsync("When?");
        await ann.PickAsync(Clinic, "Nine");
        await ann.ShouldReceiveAsync("picked Nine, before work");
        await ann.ShareAsync(Clinic, 37.7876, -122.3967, "the office");
        await ann.ShouldReceiveAsync("from the office at 37.7876");
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_tapped_or_picked()
    {
        var bob = _host.Control.Handset("+12125551002");
        (await RefusedAsync(() => bob.TapAsync(Clinic, "I will"))).Should().NotBeEmpty("nothing was sent yet");
        await SendAsync(bob, Buttons);
        await bob.ShouldReceiveAsync("Will you come?");
        (await RefusedAsync(() => bob.TapAsync(Clinic, "Perhaps"))).Should().Contain("I cannot", "what could be tapped is told");
        (await RefusedAsync(() => bob.PickAsync(Clinic, "Nine"))).Should().NotBeEmpty();
        (await RefusedAsync(() => bob.ShareAsync(Clinic, 91, 0))).Should().NotBeEmpty("no place is so far north");
    }

    private static async Task<string> RefusedAsync(Func<Task<SentText>> act)
    {
        var fault = (await act.Should().ThrowAsync<EmulatorException>()).Which;
        fault.Status.Should().BeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Conflict);
        return fault.Message;
    }

    private async Task SendAsync(Handset to, string template)
    {
        using var form = new FormUrlEncodedContent([new("From", Clinic), new("To", $"whatsapp:{to.Number}"), new("ContentSid", template)]);
        using var answer = await _app.PostAsync($"https://api.twilio.com/2010-04-01/Accounts/{_host.Account.Sid}/Messages.json", form);
        answer.EnsureSuccessStatusCode();
    }
}
