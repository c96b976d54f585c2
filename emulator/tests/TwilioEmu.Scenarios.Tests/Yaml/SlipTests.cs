using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Tests.Yaml;

/// <summary>Slips that people make who write a file for the first time: each told with its place, what is wrong, and how it is written.</summary>
public sealed class SlipTests
{
    [Theory]
    [InlineData("numbers:\n\t- { number: \"+14155550100\" }\n", "2:1: not YAML: the line is indented with a tab: YAML takes blanks")]
    [InlineData(
        "numbers:\n  - number: \"+14155550100\"\n   sms_url: \"http://localhost:5000/sms\"\n",
        "3:4: not YAML: *(what belongs together begins in the same column)")]
    [InlineData("numbers: [{ number: \"+14155550100\" }],\n", "1:*: not YAML: *(nothing follows here, not even a comma)")]
    [InlineData("numbers:\n  -{ number: \"+14155550100\" }\n", "2:*: not YAML: *(a blank follows the dash)")]
    [InlineData(
        "numbers:\n  - number:\"+14155550100\"\n",
        "2:5: numbers[0] must be a mapping, not a single value (a blank follows the colon: number: \"+14155550100\")")]
    [InlineData("numbers:\n  - { number: \"+14155550100\"#main\n }\n", "2:*: not YAML: *(a blank stands before the # of a comment)")]
    [InlineData("app:\n  /sms: <Response><Message>Hi: there</Message></Response>\n", "2:*: not YAML: *(a text with \": \" in it stands in quotes)")]
    [InlineData(
        "app:\n  /sms: \"<Response><Say voice=\"alice\">Hi</Say></Response>\"\n",
        "2:*: not YAML: *(a quote ends at the next one like it: write '...' around a text with \" in it)")]
    [InlineData("numbers:\n  - { number: \"+14155550100\" }\nnumbers:\n  - { number: \"+14155550101\" }\n", "3:1: the key \"numbers\" stands there twice")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", smsUrl: \"http://localhost:5000/sms\" }\n",
        "2:31: unknown key \"smsUrl\" in numbers[0] (did you mean \"sms_url\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", SmsUrl: \"http://localhost:5000/sms\" }\n",
        "2:31: unknown key \"SmsUrl\" in numbers[0] (did you mean \"sms_url\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms-url: \"http://localhost:5000/sms\" }\n",
        "2:31: unknown key \"sms-url\" in numbers[0] (did you mean \"sms_url\"?)")]
    [InlineData("phone_numbers:\n  - { number: \"+14155550100\" }\n", "1:1: unknown key \"phone_numbers\" in the document (did you mean \"numbers\"?)")]
    [InlineData("numbers:\n  number: \"+14155550100\"\n", "2:3: numbers must be a list, not a mapping (each item begins with a dash: - ...)")]
    [InlineData("numbers:\n  - \"+14155550100\"\n", "2:5: numbers[0] must be a mapping, not a single value (write { number: \"+14155550100\" })")]
    [InlineData("handsets: [\"+14155550177\"]\n", "1:12: handsets[0] must be a mapping, not a single value (write { number: \"+14155550177\" })")]
    [InlineData("app:\n  - /sms: \"<Response/>\"\n", "2:3: app must be a mapping, not a list (its keys begin without a dash)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", no_answer: yes }\n",
        "2:42: handsets[0].no_answer must be true or a duration, not \"yes\" (did you mean true?)")]
    [InlineData("handsets:\n  - { number: \"+14155550177\", beep: off }\n", "2:37: handsets[0].beep must be true or false, not \"off\" (did you mean false?)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", answers: 5 }\n",
        "2:40: handsets[0].answers: \"5\" has no unit: write \"5s\" for seconds (or ms, m, h, d)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", answers: 5 sec }\n",
        "2:40: handsets[0].answers: \"5 sec\" is not a duration such as 250ms, 5s, 2m, 1h (did you mean \"5s\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"72727\", messages_per_second: fast }\n",
        "2:45: numbers[0].messages_per_second must be a number from 0.001 to 100000, not \"fast\"")]
    [InlineData("numbers:\n  - { number: \"+14155550100\", sms_url: \"localhost:5000/sms\" }\n", "2:40: *(did you mean \"http://localhost:5000/sms\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms_url: /sms }\n",
        "2:40: numbers[0].sms_url: \"/sms\" is not an absolute http or https URL such as \"http://localhost:5000/sms\"")]
    [InlineData("accounts:\n  - { sid: \"${TWILIO_ACCOUNT_SID}\" }\n", "2:12: accounts[0].sid: *; a config takes nothing from the environment (*")]
    [InlineData("messaging_services:\n  - { name: Acme }\n", "2:7: unknown key \"name\" in messaging_services[0] (did you mean \"friendly_name\"?)")]
    public void A_slip_in_a_config_is_told_with_its_place_and_cure(string text, string told) => Faults(text, static (n, t, f) =>
    {
        if (YamlFile.Read(n, t, f) is { } root) ConfigReader.Read(root, f);
    }).Should().ContainMatch($"f.yaml:{told}");

    [Theory]
    [InlineData("scenario: x\nwhen: \"text hello\"\n", "2:7: when must be a step or a list of steps, such as { handset: *")]
    [InlineData("scenario: Weather: by text\nwhen: { advance: 1s }\n", "1:*: not YAML: *(a text with \": \" in it stands in quotes)")]
    [InlineData(
        "- scenario: x\n  when: { advance: 1s }\n",
        "1:1: the document must be a mapping, not a list (its keys begin without a dash; a story is a file of its own)")]
    [InlineData("Scenario: x\nwhen: { advance: 1s }\n", "1:1: unknown key \"Scenario\" in the document (did you mean \"scenario\"?)")]
    [InlineData("scenario: x\nwhen: { wait: 5s }\n", "2:9: unknown key \"wait\" in when (did you mean \"advance\"?)")]
    [InlineData("scenario: x\nwhen: { handset: \"+14155550199\", calls: \"+14155550100\" }\n", "2:34: unknown key \"calls\" in when (did you mean \"dials\"?)")]
    [InlineData(
        "scenario: x\nthen: { handset: \"+14155550199\", receives: hello }\n",
        "2:44: then.receives must be a mapping, not a single value (write { body: \"hello\" })")]
    [InlineData(
        "scenario: x\nthen: { handset: \"+14155550199\", receives: { body: { contain: sunny } } }\n",
        "2:*: unknown test \"contain\" in then.receives.body (did you mean \"contains\"?)")]
    [InlineData(
        "scenario: x\nthen: { handset: \"+14155550199\", receives: { body: { regex: sun } } }\n",
        "2:*: unknown test \"regex\" in then.receives.body (did you mean \"matches\"?)")]
    [InlineData(
        "scenario: x\nthen: { expect: { kind: message.sent, data: { body: { contain: sunny } } } }\n",
        "2:*: unknown test \"contain\" in then.expect.data.body (did you mean \"contains\"?)")]
    [InlineData(
        "scenario: x\nwhen: { posts: Messages, form: { Body: hi }, expect: 201 }\n",
        "2:54: when.expect must be a mapping, not a single value (write { status: 201 })")]
    [InlineData(
        "scenario: x\nthen: { handset: \"+14155550199\", receives: { body: hi }, within: 5 seconds }\n",
        "2:*: then.within: \"5 seconds\" is not a duration *(did you mean \"5s\"?)")]
    public void A_slip_in_a_story_is_told_with_its_place_and_cure(string text, string told) =>
        Faults(text, static (n, t, f) => ScenarioReader.ReadFile(n, t, f)).Should().ContainMatch($"f.yaml:{told}");

    [Theory]
    [InlineData("numbers:\n  - { number: +14155550100, sms_url: http://localhost:5000/sms }\n")]
    [InlineData("{\"numbers\":[{\"number\":\"+14155550100\"}]}\n")]
    [InlineData("numbers:\r\n- number: '+14155550100'\r\n  sms_url: http://localhost:5000/sms # mine\r\n")]
    public void What_is_no_slip_is_taken(string text) => Faults(text, static (n, t, f) => ConfigReader.Read(YamlFile.Read(n, t, f)!, f)).Should().BeEmpty();

    private static List<string> Faults(string text, Action<string, string, Faults> read)
    {
        var faults = new Faults();
        read("f.yaml", text, faults);
        return [.. faults.All.Select(f => f.ToString())];
    }
}
