using TwilioEmu.Commands;

namespace TwilioEmu.Tests.Commands;

/// <summary>A config file under another name, or in another folder: it is not read, and that is said.</summary>
public sealed class ConfigFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("twilioemu-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("twilioemu.yml")]
    [InlineData("twilio-emu.yaml")]
    [InlineData(".TwilioEmu.yaml")]
    [InlineData("twilioemu.yaml.txt")]
    [InlineData("twilioemu.json")]
    [InlineData("config/twilioemu.yaml")]
    public void A_config_that_is_not_read_is_told(string file)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "port: 4011");
        ConfigFiles.Unread(_folder)
            .Should().StartWith($"{file} is not read: the config file is twilioemu.yaml in the working directory ({_folder})");
    }

    [Theory]
    [InlineData("twilioemu.yaml", "storys.yaml: there is no such file")]
    [InlineData("story.yaml", "storys.yaml: there is no such file (did you mean \"story.yaml\"?)")]
    public void A_file_that_is_not_there_is_told_with_the_one_that_is_like_it(string there, string told)
    {
        File.WriteAllText(Path.Combine(_folder, there), "");
        ConfigFiles.WhyUnreadable(Path.Combine(_folder, "storys.yaml")).Should().EndWith(told);
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_told_with_the_config_in_it()
    {
        File.WriteAllText(Path.Combine(_folder, "twilioemu.yaml"), "");
        ConfigFiles.WhyUnreadable(_folder)
            .Should().Be($"{_folder}: this is a folder, and a file is wanted, such as {Path.Combine(_folder, "twilioemu.yaml")}");
    }

    [Fact]
    public void One_in_a_folder_above_is_told_too()
    {
        File.WriteAllText(Path.Combine(_folder, "twilioemu.yaml"), "port: 4011");
        ConfigFiles.Unread(Directory.CreateDirectory(Path.Combine(_folder, "src", "app")).FullName)
            .Should().StartWith("../../twilioemu.yaml is not read");
    }

    [Fact]
    public void Other_files_are_none()
    {
        foreach (var file in new[] { "twilio.yaml", "twilioemu.md", "story.yaml" }) File.WriteAllText(Path.Combine(_folder, file), "");
        ConfigFiles.Unread(_folder).Should().BeNull();
    }
}
