using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Tests.Yaml;

/// <summary>
/// Slips that people make who write a file for the first time: each told with its place, what is wrong, and how it is written.
/// </summary>
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
    [InlineData(
        "app:\n  /sms: <Response><Message>Hi: there</Message></Response>\n", "2:*: not YAML: *(a text with \": \" in it stands in quotes)")]
    [InlineData(
        "app:\n  /sms: \"<Response><Say voice=\"alice\">Hi</Say></Response>\"\n",
        "2:*: not YAML: *(a quote ends at the next one like it: write '...' around a text with \" in it)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\" }\nnumbers:\n  - { number: \"+14155550101\" }\n",
        "3:1: the key \"numbers\" stands there twice")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", smsUrl: \"http://localhost:5000/sms\" }\n",
        "2:31: unknown key \"smsUrl\" in numbers[0] (did you mean \"sms_url\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", SmsUrl: \"http://localhost:5000/sms\" }\n",
        "2:31: unknown key \"SmsUrl\" in numbers[0] (did you mean \"sms_url\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms-url: \"http://localhost:5000/sms\" }\n",
        "2:31: unknown key \"sms-url\" in numbers[0] (did you mean \"sms_url\"?)")]
    [InlineData(
        "phone_numbers:\n  - { number: \"+14155550100\" }\n",
        "1:1: unknown key \"phone_numbers\" in the document (did you mean \"numbers\"?)")]
    [InlineData(
        "numbers:\n  number: \"+14155550100\"\n",
        "2:3: numbers must be a list, not a mapping (each item begins with a dash: - ..., or all stand in [ ])")]
    [InlineData(
        "numbers:\n  - \"+14155550100\"\n", "2:5: numbers[0] must be a mapping, not a single value (write { number: \"+14155550100\" })")]
    [InlineData(
        "handsets: [\"+14155550177\"]\n", "1:12: handsets[0] must be a mapping, not a single value (write { number: \"+14155550177\" })")]
    [InlineData("app:\n  - /sms: \"<Response/>\"\n", "2:3: app must be a mapping, not a list (its keys begin without a dash)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", no_answer: yes }\n",
        "2:42: handsets[0].no_answer must be true or a duration, not \"yes\" (did you mean true?)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", beep: off }\n",
        "2:37: handsets[0].beep must be true or false, not \"off\" (did you mean false?)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", answers: 5 }\n",
        "2:40: handsets[0].answers: \"5\" has no unit: write \"5s\" for seconds (or ms, m, h, d)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", answers: 5 sec }\n",
        "2:40: handsets[0].answers: \"5 sec\" is not a duration such as 250ms, 5s, 2m, 1h (did you mean \"5s\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"72727\", messages_per_second: fast }\n",
        "2:45: numbers[0].messages_per_second must be a number from 0.001 to 100000, not \"fast\"")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms_url: \"localhost:5000/sms\" }\n",
        "2:40: *(did you mean \"http://localhost:5000/sms\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms_url: /sms }\n",
        "2:40: numbers[0].sms_url: \"/sms\" is not an absolute http or https URL such as \"http://localhost:5000/sms\"")]
    [InlineData(
        "accounts:\n  - { sid: \"${TWILIO_ACCOUNT_SID}\" }\n", "2:12: accounts[0].sid: *; a config takes nothing from the environment (*")]
    [InlineData(
        "messaging_services:\n  - { name: Acme }\n",
        "2:7: unknown key \"name\" in messaging_services[0] (did you mean \"friendly_name\"?)")]
    [InlineData("numbers:\n  - { number: \"+14155550100\", webhook: \"http://localhost:5000/sms\" }\n",
        "2:31: unknown key \"webhook\" in numbers[0] (there are number, type, *sms_url, *)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", texts: undelivered }\n",
        "2:38: handsets[0].texts must be a mapping, not a single value (write { status: \"undelivered\" })")]
    [InlineData("handsets:\n  - { number: \"+14155550177\", texts: { status: undelivered, error_code: \"30003\" } }\n",
        "2:*: handsets[0].texts.error_code must be a whole number from 10000 to 99999, not \"30003\" (a number stands without quotes)")]
    [InlineData(
        "numbers:\n  - { number: \"72727\", messages_per_second: \"10\" }\n",
        "2:45: numbers[0].messages_per_second must be *, not \"10\" (a number stands without quotes)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", busy: True }\n",
        "2:37: handsets[0].busy must be true or a duration, not \"True\" (did you mean true?)")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", whatsapp: No }\n",
        "2:41: handsets[0].whatsapp must be true or false, not \"No\" (did you mean false?)")]
    [InlineData(
        "handsets:\n  - { number: \"+47 912 34 567\" }\n",
        "2:15: *is not a phone number such as \"+14155550100\" (did you mean \"+4791234567\"?)")]
    [InlineData(
        "handsets:\n  - { number: 0047 91234567 }\n",
        "2:15: *is not a phone number such as \"+14155550100\" (did you mean \"+4791234567\"?)")]
    [InlineData("handsets:\n  - { number: 0791234567 }\n", "2:15: *is not a phone number such as \"+14155550100\"")]
    [InlineData(
        "handsets:\n  - { number: (415) 555-0177 }\n",
        "2:15: *is not a phone number such as \"+14155550100\" (did you mean \"+14155550177\"?)")]
    [InlineData("numbers:\n  - { number: $TWILIO_NUMBER }\n", "2:15: numbers[0].number: *; a config takes nothing from the environment (*")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms_url: \"{{BASE_URL}}/sms\" }\n",
        "2:40: numbers[0].sms_url: *; a config takes nothing from the environment (*")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms_url: \"%APP_URL%/sms\" }\n",
        "2:40: numbers[0].sms_url: *; a config takes nothing from the environment (*")]
    [InlineData("accounts:\n  - { auth_token: \"${TWILIO_AUTH_TOKEN}\" }\n",
        "2:19: accounts[0].auth_token: \"${TWILIO_AUTH_TOKEN}\" is no token; a config takes nothing from the environment (*")]
    [InlineData(
        "accounts:\n  sid: AC00000000000000000000000000000001\n",
        "2:3: accounts must be a list, not a mapping (each item begins with a dash: - ..., or all stand in [ ])")]
    [InlineData(
        "account_sid: AC00000000000000000000000000000001\n",
        "1:1: unknown key \"account_sid\" in the document (did you mean \"accounts\"?)")]
    [InlineData(
        "numbers: \"+14155550100\"\n",
        "1:10: numbers must be a list, not a single value (each item begins with a dash: - ..., or all stand in [ ])")]
    [InlineData("numbers: [+14155550100]\n", "1:11: numbers[0] must be a mapping, not a single value (write { number: \"+14155550100\" })")]
    [InlineData("numbers:\n  - { number: \"+14155550100\", sms_url: 5000 }\n", "2:40: *(did you mean \"http://localhost:5000\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms_url: \":5000/sms\" }\n", "2:40: *(did you mean \"http://localhost:5000/sms\"?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", sms_method: post }\n",
        "2:43: numbers[0].sms_method: must be GET or POST, not \"post\"*")]
    [InlineData("numbers:\n  - { number: \"+14155550100\", type: local }\n",
        "2:37: numbers[0].type must be one of long-code, toll-free, short-code, not \"local\" (did you mean \"long-code\"?)")]
    [InlineData(
        "app:\n  sms: \"<Response/>\"\n", "2:3: \"sms\" is neither a path such as \"/sms\" nor an http URL (did you mean \"/sms\"?)")]
    [InlineData(
        "app:\n  /sms: { status: \"500\" }\n",
        "2:19: app./sms.status must be a whole number from 100 to 599, not \"500\" (a number stands without quotes)")]
    [InlineData("public_names:\n  shop.example: \"http://localhost:5000\"\n", "2:3: *(did you mean \"http://shop.example\"?)")]
    [InlineData("public_names:\n  \"https://shop.example\": \"localhost:5000\"\n", "2:27: *(did you mean \"http://localhost:5000\"?)")]
    [InlineData(
        "public_names:\n  \"https://shop.example\": \"http://localhost:5000/sms\"\n", "2:27: *must be scheme, host and port only, *")]
    [InlineData("prices:\n  us: { sms_out: 0.01 }\n", "2:3: \"us\" is neither a country such as US nor default (did you mean \"US\"?)")]
    [InlineData("calls_per_second: unlimited\n", "1:19: calls_per_second must be a number from 0.001 to 100000, not \"unlimited\"")]
    [InlineData("clock: fast\n", "1:8: clock: \"fast\" is not a clock: real, xN (such as x10), auto or manual (did you mean \"auto\"?)")]
    [InlineData("clock: 10x\n", "1:8: clock: \"10x\" is not a clock: * (did you mean \"x10\"?)")]
    [InlineData("https_port: none\n", "1:13: https_port: \"none\" is not a port: 0 to 65535, or off (did you mean \"off\"?)")]
    [InlineData("port: 127.0.0.1:4011\n", "1:7: port: \"127.0.0.1:4011\" is not a port: 0 to 65535 (did you mean \"4011\"?)")]
    [InlineData(
        "host: 0.0.0.0:4010\n",
        "1:7: host: \"0.0.0.0:4010\" is not an IP address or localhost (did you mean \"0.0.0.0\"? --port says the port)")]
    [InlineData("memory: 512\n", "1:9: memory: \"512\" is not a size of * (did you mean \"512m\"?)")]
    [InlineData(
        "start: 2026-01-05 09:00\n", "1:8: start: * is not an instant, such as 2026-01-05T09:00Z (did you mean \"2026-01-05T09:00\"?)")]
    [InlineData("ui: false\n", "1:5: ui: \"false\" is not on or off (did you mean \"off\"?)")]
    [InlineData(
        "app: http://localhost:5000\n",
        "1:6: app must be a mapping, not a single value (*by the URLs of its number: sms_url: \"http://localhost:5000/sms\")")]
    [InlineData(
        "handsets:\n  - { number: \"+14155550177\", script: [ hangs_up ] }\n",
        "2:*: handsets[0].script[0] must be a mapping, not a single value (write { hangs_up: true })")]
    [InlineData(
        "numbers:\n  - { number: \"72727\", type: long-code }\n", "2:*: 72727 cannot be a long-code: what has no plus is a short-code")]
    [InlineData("start: 5.1.2026\n", "1:8: start: \"5.1.2026\" is not an instant, such as 2026-01-05T09:00Z*")]
    [InlineData("log: debug\n", "1:6: log: \"debug\" is not quiet, normal or all (did you mean \"all\"?)")]
    [InlineData("port: 80800\n", "1:7: port: \"80800\" is not a port: 0 to 65535*")]
    [InlineData("// my numbers\nnumbers: []\n", "*not YAML: *(a comment begins with #)")]
    [InlineData(
        "numbers:\n  - number: \"+14155550100\n    sms_url: \"http://localhost:5000/sms\"\n",
        "*not YAML: *(is the quote closed that opens at line 2, column 13?)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\" sms_url: \"http://localhost:5000/sms\" }\n",
        "2:*not YAML: *(a comma stands between what follows one another)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\"; sms_url: \"http://localhost:5000/sms\" }\n",
        "2:*not YAML: *(a comma stands between what follows one another)")]
    [InlineData(
        "numbers = []\n", "1:1: the document must be a mapping, not a single value (a colon stands between key and value: numbers: ...)")]
    [InlineData(
        "numbers:\n- number \"+14155550100\"\n",
        "2:3: numbers[0] must be a mapping, not a single value (a colon stands between key and value: number: ...)")]
    [InlineData("numbers:\n  - number: @twilio\n", "2:*not YAML: *(a text that begins with @, %, ` or another such sign stands in quotes)")]
    [InlineData("handsets:\n  - number: *\n", "2:*not YAML: *")]
    [InlineData("handsets:\n  - number: *mine\n", "2:13: not YAML: *(a text that begins with * stands in quotes)")]
    [InlineData(
        "numbers:\n  - &a { number: \"+14155550100\" }\n  - <<: *a\n",
        "3:5: unknown key \"<<\" in numbers[1] (keys are not merged in from elsewhere: write them out)")]
    [InlineData("app:\n  /sms: |\n  <Response/>\n", "3:*not YAML: *(what follows | or > is indented by more than its key)")]
    [InlineData(
        "numbers:\n  - { number: \"+14155550100\", voice_caller_id_lookup: yes }\n",
        "2:*: \"yes\" is not true or false (did you mean true?)")]
    [InlineData(
        "TWILIO_ACCOUNT_SID: AC00000000000000000000000000000001\n",
        "1:1: unknown key \"TWILIO_ACCOUNT_SID\" in the document (write accounts: *")]
    [InlineData("name: Weather\n", "1:1: unknown key \"name\" in the document (a story begins with scenario:, its title)")]
    [InlineData("version: \"3\"\n", "1:1: unknown key \"version\" in the document (is this a file of compose? *")]
    [InlineData("// my numbers\n", "1:1: the document must be a mapping, not a single value (a comment begins with #)")]
    [InlineData("numbers:\n---\nhandsets:\n", "2:1: a second document begins here; a file holds one")]
    [InlineData("numbers:\n  - { number: \"+14155550100\"\n", "*not YAML: *(is the mapping closed that begins at line 2, column 5?)*")]
    [InlineData("numbers:\n  - { number: \"+14155550100, sms_url: x }\n", "*: not YAML: *")]
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
    [InlineData(
        "scenario: x\nwhen: { handset: \"+14155550199\", calls: \"+14155550100\" }\n",
        "2:34: unknown key \"calls\" in when (did you mean \"dials\"?)")]
    [InlineData(
        "scenario: x\nthen: { handset: \"+14155550199\", receives: hello }\n",
        "2:44: then.receives must be a mapping, not a single value (write { body: \"hello\" })")]
    [InlineData("scenario: x\nthen: { handset: \"+14155550199\", receives: { body: { contain: sunny } } }\n",
        "2:*: unknown test \"contain\" in then.receives.body (did you mean \"contains\"?)")]
    [InlineData("scenario: x\nthen: { handset: \"+14155550199\", receives: { body: { regex: sun } } }\n",
        "2:*: unknown test \"regex\" in then.receives.body (did you mean \"matches\"?)")]
    [InlineData("scenario: x\nthen: { expect: { kind: message.sent, data: { body: { contain: sunny } } } }\n",
        "2:*: unknown test \"contain\" in then.expect.data.body (did you mean \"contains\"?)")]
    [InlineData(
        "scenario: x\nwhen: { posts: Messages, form: { Body: hi }, expect: 201 }\n",
        "2:54: when.expect must be a mapping, not a single value (write { status: 201 })")]
    [InlineData("scenario: x\nthen: { handset: \"+14155550199\", receives: { body: hi }, within: 5 seconds }\n",
        "2:*: then.within: \"5 seconds\" is not a duration *(did you mean \"5s\"?)")]
    [InlineData("scenario: 'It's sunny'\nwhen: { advance: 1s }\n", "1:*not YAML: *(a ' within '...' is written twice: 'it''s')")]
    [InlineData("scenario: x\nthen: { handset: \"+14155550199\", hears: /press 1 }\n", "2:*: then.hears: /press 1 begins with a slash: *")]
    [InlineData(
        "scenario: x\nwhen: { handset: \"+14155550199\", behaves: busy }\n",
        "2:43: when.behaves must be a mapping, not a single value (write { busy: true })")]
    [InlineData(
        "scenario: x\ngiven: world.yaml\nwhen: { advance: 1s }\n",
        "2:8: given must be a mapping, not a single value (write !include world.yaml)")]
    [InlineData("scenario: x\nwhen: { handset: \"+14155550199\", texts: hi }\n", "2:7: when lacks \"to\"*")]
    [InlineData("scenario: x\nwhen: { from: \"+14155550199\", texts: hi, to: \"+14155550100\" }\n", "2:7: when lacks \"handset\"*")]
    [InlineData(
        "scenario: x\nwhen: { from: \"+14155550199\", texts: hi, to: \"+14155550100\" }\n", "2:9: unknown key \"from\" in when (*)")]
    [InlineData(
        "scenario: x\nwhen: { handset: 14155550199, texts: hi, to: \"+14155550100\" }\n",
        "2:18: when.handset: *(did you mean \"+14155550199\"?)")]
    [InlineData(
        "scenario: x\nthen: { handset: \"+14155550199\", receives: { text: hi } }\n",
        "2:46: unknown key \"text\" in then.receives (there are *body*)")]
    [InlineData(
        "scenario: x\nthen: { handset: \"+14155550199\", receives: { body: hi }, within: 5 }\n",
        "2:*: then.within: \"5\" has no unit: write \"5s\" for seconds *")]
    [InlineData(
        "scenario: x\nthen: { expect: { kind: message.delivered, status: delivered } }\n",
        "2:*: unknown key \"status\" in then.expect (*)")]
    [InlineData(
        "scenario: x\nwhen: { advance: 5s, repeat: \"3\" }\n",
        "2:*: when.repeat must be a whole number from 1 to 1000000, not \"3\" (a number stands without quotes)")]
    [InlineData("scenario: x\nwhen: { handset: \"+14155550199\", texts: hi, to: \"${number}\" }\n",
        "2:*: nothing is known as \"number\" here (vars: gives a value a name, save: an answer)")]
    [InlineData(
        "scenario: x\ntags: voice, sms\nwhen: { advance: 5s }\n", "2:7: tags: \"voice, sms\" would be one tag (write [voice, sms])")]
    [InlineData(
        "scenario: x\nnumbers: [{ number: \"+14155550100\" }]\nwhen: { advance: 5s }\n",
        "2:1: \"numbers\" stands under given:, indented by two blanks more")]
    [InlineData(
        "scenario: x\ngiven:\n  numbers: [{ number: \"+14155550100\" }]\n  when: { advance: 5s }\n",
        "4:3: \"when\" stands beside given:, not under it")]
    [InlineData(
        "scenario: x\nwhen: { handset: \"+14155550199\", dials: \"+14155550100\", script: [presses 1] }\n",
        "2:*: when.script[0] must be a mapping, not a single value*")]
    [InlineData("scenario: x\nwhen: { handset: \"+14155550199\", texts: { body: hi }, to: \"+14155550100\" }\n",
        "2:*: when.texts must be a single value, not a mapping (write texts: \"hi\")")]
    [InlineData("scenario: x\nthen: { expect: { kind: message.sent, from: \"+1\" } }\n",
        "2:*: unknown key \"from\" in then.expect (*; what an entry carries stands under data: data: { from: ... })")]
    [InlineData("scenario: x\nwhen: { handset: \"+14155550199\", dials: \"+14155550100\", script: { presses: \"1\" } }\n",
        "2:*: when.script must be a list, not a mapping (each item begins with a dash: - ..., or all stand in [ ])")]
    [InlineData(
        "scenario: x\nwhen:\n  - handset: \"+14155550199\"\n  - texts: hi\n    to: \"+14155550100\"\n", "3:5: when[0] has no verb: *")]
    public void A_slip_in_a_story_is_told_with_its_place_and_cure(string text, string told) =>
        Faults(text, static (n, t, f) => ScenarioReader.ReadFile(n, t, f)).Should().ContainMatch($"f.yaml:{told}");

    [Fact]
    public void What_two_readers_ask_for_is_wrong_once() =>
        Faults("scenario: x\nwhen: { handset: \"+14155550199\", hangs_up: yes }\n", static (n, t, f) => ScenarioReader.ReadFile(n, t, f))
            .Should().ContainSingle();

    [Theory]
    [InlineData("numbers:\n  - { number: +14155550100, sms_url: http://localhost:5000/sms }\n")]
    [InlineData("{\"numbers\":[{\"number\":\"+14155550100\"}]}\n")]
    [InlineData("handsets:\n  - { number: +4791234567, name: no }\n")]
    [InlineData("app:\n  /sms: no\n")]
    [InlineData("prices:\n  NO: { sms_out: 0.05 }\n")]
    [InlineData("numbers:\r\n- number: '+14155550100'\r\n  sms_url: http://localhost:5000/sms # mine\r\n")]
    public void What_is_no_slip_is_taken(string text) =>
        Faults(text, static (n, t, f) => ConfigReader.Read(YamlFile.Read(n, t, f)!, f)).Should().BeEmpty();

    private static List<string> Faults(string text, Action<string, string, Faults> read)
    {
        var faults = new Faults();
        read("f.yaml", text, faults);
        return [.. faults.All.Select(f => f.ToString())];
    }
}
