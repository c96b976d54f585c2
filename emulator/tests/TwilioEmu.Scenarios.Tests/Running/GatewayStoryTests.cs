namespace TwilioEmu.Scenarios.Tests.Running;

/// <summary>Gateways that stories play. What they receive is told by the story of <c>scenarios</c>.</summary>
public sealed class GatewayStoryTests
{
    private const string Given = """
        scenario: A story
        given:
          numbers: [{ number: "+14155550100" }]
          smpp:
            systems:
              - { system_id: carrier, password: secret08, numbers: ["+14155550199"] }
              - { system_id: slow, password: secret08, numbers: ["+14155550198"], answers_after: 3s, peer_window: 1 }

        """;

    private readonly StoryHost _host = new();

    [Fact]
    public async Task What_a_gateway_submits_is_a_phones_text_and_its_receipt_comes_back()
    {
        var result = await _host.PlayAsync(Given + """
            when:
              - { gateway: carrier, binds: transceiver }
              - { gateway: carrier, texts: hi, from: "+14155550199", to: "+14155550100", save: asked }
            then:
              - { expect: { kind: message.received, data: { body: hi } } }
              - { gateway: carrier, receives_receipt: { message_id: "${asked.message_id}", state: delivered } }
            """);
        result.Failure.Should().BeNull();
    }

    [Fact]
    public async Task No_receipt_comes_where_none_is_wished()
    {
        var result = await _host.PlayAsync(Given + """
            when:
              - { gateway: carrier, binds: transceiver }
              - { gateway: carrier, texts: hi, from: "+14155550199", to: "+14155550100", receipt: never }
            then:
              - { expect: { kind: message.received } }
              - { gateway: carrier, receives_receipt: { to: "+14155550199" }, count: 0, within: 1h }
            """);
        result.Failure.Should().BeNull();
    }

    [Fact]
    public async Task Time_passes_while_an_answer_is_awaited_and_two_at_once_may_be_too_many()
    {
        var result = await _host.PlayAsync(Given + """
            when:
              - { gateway: slow, binds: transceiver }
              - together:
                  - { gateway: slow, texts: one, from: "+14155550198", to: "+14155550100" }
                  - { gateway: slow, texts: two, from: "+14155550198", to: "+14155550100", expect: ESME_RTHROTTLED }
            """);
        (result.Failure, result.WorldTime).Should().Be((null, TimeSpan.FromSeconds(3)));
    }

    [Theory]
    [InlineData("{ gateway: carier, binds: transceiver }", "no gateway is called carier (did you mean \"carrier\"?)")]
    [InlineData("{ gateway: carrier, unbinds: true }", "gateway carrier: it is not bound")]
    [InlineData(
        "{ gateway: carrier, texts: hi, from: \"+14155550199\", to: \"+14155550100\" }",
        "gateway carrier: it is not bound: binds: transceiver comes first")]
    [InlineData(
        "{ gateway: carrier, binds: transceiver, password: wrong }",
        "bind_transceiver of gateway carrier was answered ESME_RINVPASWD, wanted ESME_ROK")]
    public async Task What_a_gateway_cannot_do_fails_with_the_reason(string step, string failure)
    {
        var result = await _host.PlayAsync(Given + $"when: {step}");
        result.Failure!.Message.Should().Be(failure);
    }

    [Theory]
    [InlineData(
        "binds: receiver", "{ gateway: carrier, texts: hi, from: \"+14155550199\", to: \"+14155550100\" }",
        "it is bound as a receiver, which submits nothing")]
    [InlineData("binds: transceiver", "{ gateway: carrier, acknowledges: delivered }", "say delivered_by: acknowledgement")]
    [InlineData(
        "binds: transceiver", "{ gateway: carrier, texts: hi, from: \"+14155550100\", to: \"+14155550100\" }",
        "submit_sm of gateway carrier was answered ESME_RINVSRCADR, wanted ESME_ROK")]
    public async Task What_a_bound_gateway_cannot_do_fails_with_the_reason(string bind, string step, string failure)
    {
        var result = await _host.PlayAsync(Given + $"when:\n  - {{ gateway: carrier, {bind} }}\n  - {step}");
        result.Failure!.Message.Should().EndWith(failure);
    }
}
